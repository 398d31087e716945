-- Begins a question: all that it reads is one state.
begin isolation level repeatable read read only;
