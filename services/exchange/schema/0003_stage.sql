-- SPDX-License-Identifier: Apache-2.0
--
-- A referral may be objected to as wrongly passed: two more stages.

comment on column exchange.receipt.stage is 'stored, objected, kept, accepted, returned, decided or told.';
