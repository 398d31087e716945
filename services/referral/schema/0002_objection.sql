-- SPDX-License-Identifier: Apache-2.0
--
-- A referral may be objected to as wrongly passed: two more stages, and a reason of another kind.

comment on column referral.referral.state is
  'Outgoing: sent, stored, objected, kept, accepted, returned, decided. Incoming: by its procedure.';
comment on column referral.referral.reason is 'Why it was returned or is objected to, or the decision by which it was kept; empty otherwise.';
comment on column referral.stage.stage is 'stored, objected, kept, accepted, returned, decided or told.';
comment on column referral.stage.note is 'The reason of a return or an objection, or the decision by which it was kept; empty otherwise.';
