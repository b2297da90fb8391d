//! A checked expression as the evaluator walks it: names are slots, literals are values, every
//! node knows its place.

use std::ops::Range;

use crate::records::moment::Moment;

/// One node and its bytes in the expression text.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub range: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Boolean(bool),
    Number(f64),
    Text(Box<str>),
    Moment(Moment),
    /// A variable of the environment, by position.
    Variable(usize),
    /// A variable of a comprehension, by nesting.
    Local(usize),
    Select {
        object: Box<Node>,
        field: Box<str>,
        absent: Absent,
    },
    /// `has(object.field)`
    Present {
        object: Box<Node>,
        field: Box<str>,
    },
    Index(Box<[Node; 2]>),
    List(Vec<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    And(Box<[Node; 2]>),
    Or(Box<[Node; 2]>),
    Equal {
        operands: Box<[Node; 2]>,
        negated: bool,
    },
    Order(Order, Box<[Node; 2]>),
    In(Box<[Node; 2]>),
    Arithmetic(Arithmetic, Box<[Node; 2]>),
    /// `condition ? then : otherwise`
    Choose(Box<[Node; 3]>),
    Call(Function, Vec<Node>),
    Loop(Box<Loop>),
}

/// What an absent field gives, by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    Null,
    False,
    EmptyList,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Arithmetic {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
            Arithmetic::Remainder => "%",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Days,
    Age,
    BusinessDays,
    Get,
    Size,
    StartsWith,
    EndsWith,
    Contains,
    Min,
    Max,
    Abs,
    Round,
}

/// `over.form(local, guard, body)`
#[derive(Debug)]
pub(super) struct Loop {
    pub form: Form,
    pub over: Node,
    pub local: usize,
    /// The condition of `map(x, condition, value)`.
    pub guard: Option<Node>,
    pub body: Node,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}
