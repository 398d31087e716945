-- SPDX-License-Identifier: Apache-2.0
--
-- An envelope carries the trace of the request that it comes from. The default is for processes of the version before,
-- which run beside this one while it is brought in.

alter table exchange.envelope add column trace text not null default '' check (length(trace) <= 64);
comment on column exchange.envelope.trace is 'Follows the request in both nodes'' logs.';
