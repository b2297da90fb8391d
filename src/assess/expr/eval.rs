//! The evaluator: a walk over the checked tree. It does not allocate for selections and comparisons
//! and it is total: whatever the record holds, it ends with a value or a located failure.
//!
//! Null goes through `==`, `!=`, `in`, `? :` branches and selections; everywhere else an absent
//! value is a failure, because a figure that is silently wrong is worse than none.

mod calls;
mod loops;

use std::rc::Rc;

use super::arithmetic::{arithmetic, negate};
use super::compare::{equal, ordering};
use super::env::Expect;
use super::ir::{Absent, Arithmetic, Kind, Node, Order};
use super::limits::{MAX_COMPREHENSIONS, MAX_STEPS};
use super::problem::{Failure, snippet};
use super::value::{Object, Scope, Value};

type Outcome<'a> = Result<Value<'a>, Failure>;

/// Evaluates a checked expression and the promise of its result.
pub(super) fn evaluate<'a>(
    text: &'a str,
    root: &'a Node,
    expect: Expect,
    scope: &Scope<'_, 'a>,
) -> Outcome<'a> {
    let mut machine = Machine {
        text,
        scope,
        locals: [const { Value::Null }; MAX_COMPREHENSIONS],
        steps: 0,
    };
    let value = machine.value(root)?;
    let fits = match expect {
        Expect::Any => true,
        Expect::Boolean => matches!(value, Value::Boolean(_)),
        Expect::Number => matches!(value, Value::Number(_)),
        Expect::Duration => matches!(value, Value::Duration(_)),
        Expect::NumberOrDuration => matches!(value, Value::Number(_) | Value::Duration(_)),
        Expect::Moment => matches!(value, Value::Moment(_)),
        Expect::Text => matches!(value, Value::Text(_)),
    };
    if fits {
        Ok(value)
    } else {
        Err(machine.wrong(root, &value, expect.describe()))
    }
}

/// One evaluation.
pub(super) struct Machine<'m, 's, 'a> {
    pub text: &'a str,
    pub scope: &'m Scope<'s, 'a>,
    /// Items of the comprehensions being run, outermost first.
    locals: [Value<'a>; MAX_COMPREHENSIONS],
    steps: u32,
}

impl<'a> Machine<'_, '_, 'a> {
    /// One arm, one call: the walk recurses through here, so its frame is kept small.
    fn value(&mut self, node: &'a Node) -> Outcome<'a> {
        self.step(node)?;
        match &node.kind {
            Kind::Null => Ok(Value::Null),
            Kind::Boolean(value) => Ok(Value::Boolean(*value)),
            Kind::Number(value) => Ok(Value::Number(*value)),
            Kind::Text(text) => Ok(Value::Text(text.as_ref().into())),
            Kind::Moment(moment) => Ok(Value::Moment(*moment)),
            Kind::Variable(_) | Kind::Local(_) => {
                Ok(self.slot(&node.kind).cloned().unwrap_or(Value::Null))
            }
            Kind::Select {
                object,
                field,
                absent,
            } => self.select(object, field, *absent, node),
            Kind::Present { object, field } => truth(self.has(object, field)),
            Kind::Index(parts) => self.index(&parts[0], &parts[1]),
            Kind::List(nodes) => self.list(nodes),
            Kind::Not(operand) => truth(self.boolean(operand).map(|holds| !holds)),
            Kind::Negate(operand) => self.negated(operand),
            Kind::And(parts) => truth(self.both(&parts[0], &parts[1])),
            Kind::Or(parts) => truth(self.either(&parts[0], &parts[1])),
            Kind::Equal { operands, negated } => self.equality(operands, *negated),
            Kind::Order(order, operands) => self.order(*order, operands),
            Kind::In(parts) => truth(self.membership(&parts[0], &parts[1])),
            Kind::Arithmetic(operator, operands) => self.arithmetic(*operator, operands, node),
            Kind::Choose(parts) => self.choose(parts),
            Kind::Call(function, arguments) => self.call(*function, arguments, node),
            Kind::Loop(comprehension) => self.comprehension(comprehension),
        }
    }

    fn select(
        &mut self,
        object: &'a Node,
        field: &str,
        absent: Absent,
        node: &'a Node,
    ) -> Outcome<'a> {
        if let Some(value) = self.field(object, field)? {
            return Ok(value);
        }
        if let Value::Object(whole) = self.value(object)?
            && whole.must_have(field)
        {
            return Err(self.wrong(node, &Value::Null, "a value"));
        }
        Ok(match absent {
            Absent::Null => Value::Null,
            Absent::False => Value::Boolean(false),
            Absent::EmptyList => Value::List(Rc::from([])),
        })
    }

    fn list(&mut self, nodes: &'a [Node]) -> Outcome<'a> {
        let items: Result<Vec<_>, _> = nodes.iter().map(|node| self.value(node)).collect();
        Ok(Value::List(items?.into()))
    }

    fn negated(&mut self, operand: &'a Node) -> Outcome<'a> {
        let value = self.value(operand)?;
        negate(&value).ok_or_else(|| self.wrong(operand, &value, "a number"))
    }

    fn both(&mut self, left: &'a Node, right: &'a Node) -> Result<bool, Failure> {
        Ok(self.boolean(left)? && self.boolean(right)?)
    }

    fn either(&mut self, left: &'a Node, right: &'a Node) -> Result<bool, Failure> {
        Ok(self.boolean(left)? || self.boolean(right)?)
    }

    fn choose(&mut self, parts: &'a [Node; 3]) -> Outcome<'a> {
        let taken = if self.boolean(&parts[0])? { 1 } else { 2 };
        self.value(&parts[taken])
    }

    fn equality(&mut self, operands: &'a [Node; 2], negated: bool) -> Outcome<'a> {
        let left = self.value(&operands[0])?;
        let right = self.value(&operands[1])?;
        let same = equal(self, (&operands[0], &left), (&operands[1], &right));
        truth(same.map(|same| same != negated))
    }

    fn order(&mut self, order: Order, operands: &'a [Node; 2]) -> Outcome<'a> {
        let left = self.value(&operands[0])?;
        let right = self.value(&operands[1])?;
        let found = ordering(self, (&operands[0], &left), (&operands[1], &right))?;
        Ok(Value::Boolean(match order {
            Order::Less => found.is_lt(),
            Order::LessOrEqual => found.is_le(),
            Order::Greater => found.is_gt(),
            Order::GreaterOrEqual => found.is_ge(),
        }))
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        operands: &'a [Node; 2],
        node: &'a Node,
    ) -> Outcome<'a> {
        let left = self.value(&operands[0])?;
        let right = self.value(&operands[1])?;
        let right = (&operands[1], right);
        arithmetic(self, operator, (&operands[0], left), right, node)
    }

    fn slot(&self, kind: &Kind) -> Option<&Value<'a>> {
        match kind {
            Kind::Variable(slot) => self.scope.variables.get(*slot),
            Kind::Local(local) => self.locals.get(*local),
            _ => None,
        }
    }

    fn boolean(&mut self, node: &'a Node) -> Result<bool, Failure> {
        match self.value(node)? {
            Value::Boolean(value) => Ok(value),
            other => Err(self.wrong(node, &other, "true or false")),
        }
    }

    /// A present field of what `object` gives; nothing for a field of null.
    fn field(&mut self, object: &'a Node, name: &str) -> Result<Option<Value<'a>>, Failure> {
        // Most selections are from a variable, which need not be cloned.
        if let Some(value) = self.slot(&object.kind) {
            return self.field_of(object, value, name);
        }
        let value = self.value(object)?;
        self.field_of(object, &value, name)
    }

    /// Whether what `object` gives has a field.
    fn has(&mut self, object: &'a Node, name: &str) -> Result<bool, Failure> {
        if let Some(Value::Object(whole)) = self.slot(&object.kind) {
            return Ok(whole.has(name));
        }
        self.field(object, name).map(|value| value.is_some())
    }

    fn field_of(
        &self,
        node: &Node,
        value: &Value<'a>,
        name: &str,
    ) -> Result<Option<Value<'a>>, Failure> {
        match value {
            Value::Object(object) => Ok(object.field(name)),
            Value::Null => Ok(None),
            other => {
                let shown = self.shown(node);
                let message = format!(
                    "`{shown}` is {} and has no field `{name}`",
                    other.describe()
                );
                Err(Failure::new(node.range.clone(), message))
            }
        }
    }

    fn index(&mut self, target: &'a Node, index: &'a Node) -> Outcome<'a> {
        let value = self.value(target)?;
        let at = self.value(index)?;
        match (&value, &at) {
            (Value::Null, _) => Ok(Value::Null),
            (Value::Object(object), Value::Text(name)) => {
                Ok(object.field(name).unwrap_or(Value::Null))
            }
            (Value::List(items), Value::Number(position)) => {
                let whole = position.fract() == 0.0 && *position >= 0.0;
                let item = whole.then(|| items.get(*position as usize)).flatten();
                item.cloned().ok_or_else(|| {
                    let shown = self.shown(target);
                    let count = items.len();
                    Failure::new(
                        index.range.clone(),
                        format!("`{shown}` has no item {position}, it has {count}"),
                    )
                    .help("positions count from 0")
                })
            }
            (Value::List(_), other) => Err(self.wrong(index, other, "a number")),
            (Value::Object(_), other) => Err(self.wrong(index, other, "text")),
            (other, _) => Err(self.wrong(target, other, "a list or a record")),
        }
    }

    fn membership(&mut self, item: &'a Node, list: &'a Node) -> Result<bool, Failure> {
        let wanted = self.value(item)?;
        // A written list is compared item by item and never built.
        if let Kind::List(nodes) = &list.kind {
            for node in nodes {
                let value = self.value(node)?;
                if equal(self, (item, &wanted), (node, &value))? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.value(list)? {
            Value::List(items) => {
                for value in items.iter() {
                    self.step(list)?;
                    if equal(self, (item, &wanted), (list, value))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Value::Object(object) => match &wanted {
                Value::Text(name) => Ok(object.field(name).is_some()),
                other => Err(self.wrong(item, other, "text")),
            },
            other => Err(self.wrong(list, &other, "a list")),
        }
    }

    /// Counts a part evaluated or an element looked at.
    pub(super) fn step(&mut self, node: &Node) -> Result<(), Failure> {
        self.steps += 1;
        if self.steps <= MAX_STEPS {
            return Ok(());
        }
        let message = format!("more than {MAX_STEPS} steps were needed");
        Err(Failure::new(node.range.clone(), message)
            .help("count records instead of nesting lists"))
    }

    /// The failure of a value that is not what its place needs.
    pub(super) fn wrong(&self, node: &Node, value: &Value<'_>, needed: &str) -> Failure {
        let shown = self.shown(node);
        let message = match value {
            Value::Null => format!("`{shown}` is absent, {needed} is needed"),
            other => format!("`{shown}` is {}, {needed} is needed", other.describe()),
        };
        let failure = Failure::new(node.range.clone(), message);
        match (value, &node.kind) {
            (Value::Null, Kind::Select { .. }) => {
                failure.help(format!("leave such records out with has({shown}) && …"))
            }
            _ => failure,
        }
    }

    pub(super) fn shown(&self, node: &Node) -> String {
        snippet(self.text, &node.range)
    }
}

fn truth<'a>(found: Result<bool, Failure>) -> Outcome<'a> {
    found.map(Value::Boolean)
}

/// The names of a map, as the items of a comprehension.
fn names_of<'a>(object: &Object<'a>) -> Rc<[Value<'a>]> {
    object.names().into_iter().map(Value::Text).collect()
}
