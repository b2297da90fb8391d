//! What is due on a day: small workspaces case by case, and an example compared with a list made by other means.

mod chain;
mod corrective;
mod events;
mod example;
mod periods;
mod programme;
mod rolling;
mod states;
mod support;
