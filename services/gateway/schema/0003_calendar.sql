-- SPDX-License-Identifier: Apache-2.0
--
-- Lists of working days of several bodies. The default is for the lists that stand here already, and for tools of the version
-- before.

alter table node.calendar add column name text not null default '';
alter table node.calendar drop constraint calendar_pkey;
alter table node.calendar add constraint calendar_pkey primary key (year, notice_on, name);
comment on column node.calendar.name is 'Whose list it is, such as "bank"; empty: the State Council''s.';
