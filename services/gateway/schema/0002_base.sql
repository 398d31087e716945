-- Base figures that sums of the law start from: average wages, minimum wages, incomes, and what places decided for work injuries.

create table node.base (
    name      text        not null check (name <> ''),
    issued_on date        not null,
    bytes     bytea       not null,
    loaded_at timestamptz not null,
    primary key (name, issued_on)
);
comment on table node.base is 'Files of base figures. Every one that was loaded stays: of two that give the same figure the one issued later counts.';
comment on column node.base.name is 'What the file is called, such as a place.';
comment on column node.base.issued_on is 'Day of the file.';
comment on column node.base.bytes is 'claim.Bases, as compiled.';
comment on column node.base.loaded_at is 'When it was loaded, or loaded again with corrections.';
