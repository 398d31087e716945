-- Makes it durable. Only its completion without a warning is an answer.
commit;
