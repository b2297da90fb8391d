//! Sentences of charts.
