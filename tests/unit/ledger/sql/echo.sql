-- Gives back what it gets.
select $1::text;
