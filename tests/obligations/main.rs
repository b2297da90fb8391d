//! What is due on a day: small workspaces case by case, and an example compared with a list made by other means.

mod calls;
mod chain;
mod corrective;
mod events;
mod example;
mod mixed;
mod periods;
mod programme;
mod retention;
mod rolling;
mod rows;
mod states;
mod support;
mod unclear;
