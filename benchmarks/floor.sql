-- The limit: every needed column scanned, one hash aggregate to customer-month, and a persisted copy of the published marts.
create table floor_scan as
select
    (select sum(balance__typed) from landing.deposit_balances) as deposits,
    (select sum(principal_balance__typed) from landing.loan_balances) as loans,
    (select sum(fee_amount__typed) from landing.fee_transactions) as fees,
    (select count(distinct product_code) from landing.product_holdings) as products,
    (select max(opened_date__typed) from landing.customers) as opened;

create table floor_aggregate as
select
    accounts.customer_id,
    date_trunc('month', balances.balance_date__typed) as period_month,
    sum(balances.balance__typed) as balance,
    count(*) as record_count
from landing.deposit_balances as balances
inner join landing.accounts as accounts on balances.account_id = accounts.account_id
group by all;
