//! How values that people write as one scalar travel through serde and appear in the JSON Schema:
//! read with `FromStr`, written as one string, described for the person at the keyboard.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use schemars::Schema;
use serde::de::{Deserializer, Error, Visitor};

use crate::records::spelling::SpellingError;

/// Name under which a verbatim value asks for itself with `deserialize_newtype_struct`. A
/// deserializer that knows it answers with `visit_str` and the text as written (`2026`, `1.10`),
/// any other answers with what it has.
pub const VERBATIM: &str = "verbatim";

/// A value spelled as one scalar.
pub trait TextValue: FromStr<Err = SpellingError> {
    /// Name of the definition in the JSON Schema.
    const NAME: &'static str;
    /// `format` in the JSON Schema.
    const FORMAT: &'static str;
    /// What editors show.
    const DESCRIPTION: &'static str;
    const EXAMPLES: &'static [&'static str];
    /// Whether an unquoted number in YAML is taken as the text it was written with.
    const IS_VERBATIM: bool = false;

    /// The text that stands for the value.
    fn spelled(&self) -> String;
}

/// Schema of a text value: `type`, `format`, description and examples.
pub fn schema_of<T: TextValue>() -> Schema {
    let types = if T::IS_VERBATIM {
        serde_json::json!(["string", "number"])
    } else {
        serde_json::json!("string")
    };
    schemars::json_schema!({
        "type": types,
        "format": T::FORMAT,
        "description": T::DESCRIPTION,
        "examples": T::EXAMPLES,
    })
}

/// Reads a text value; numbers are accepted when it is verbatim.
pub fn deserialize<'de, T: TextValue, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let visitor = TextVisitor(PhantomData::<T>);
    if T::IS_VERBATIM {
        input.deserialize_newtype_struct(VERBATIM, visitor)
    } else {
        input.deserialize_str(visitor)
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: TextValue> TextVisitor<T> {
    fn number<E: Error>(self, number: impl fmt::Display) -> Result<T, E> {
        if T::IS_VERBATIM {
            number.to_string().parse().map_err(E::custom)
        } else {
            Err(E::custom(format_args!(
                "the number {number} stands where a text ({}) is expected",
                T::NAME
            )))
        }
    }
}

impl<'de, T: TextValue> Visitor<'de> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a text such as `{}`", T::EXAMPLES.join("` or `"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.number(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.number(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        self.number(number)
    }

    // `deserialize_any`, so that a deserializer which knows nothing of VERBATIM may bring a number.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<T, D::Error> {
        input.deserialize_any(self)
    }
}

/// Derives `Serialize`, `Deserialize` and `JsonSchema` from [`TextValue`].
macro_rules! text_value {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(&$crate::records::text_value::TextValue::spelled(self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                $crate::records::text_value::deserialize(input)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$type as $crate::records::text_value::TextValue>::NAME.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::records::text_value::schema_of::<$type>()
            }
        }
    };
}
pub(crate) use text_value;
