//! Python's protocols as methods of [`super::Cx`]: truth, length, iteration, equality, order, hash, text, arithmetic,
//! subscription, attributes. Each takes the native path for builtin types and asks for the special method of classes
//! written in Python.
