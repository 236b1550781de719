-- A bank that never was: one table per extract, `batch_date` beside the columns of the contract. Everything is a function of
-- the seed and a row's number, so that no row waits for another and the engine makes them all at once. What must be the
-- same wherever it is asked for (who owns an account, when a customer left) is made once, in the tables named `made_…`.

create macro chance(key, salt) as (hash(key, salt, getvariable('seed')) >> 11) / 9007199254740992.0;
create macro pick(key, salt, count) as cast(hash(key, salt, getvariable('seed')) % cast(greatest(count, 1) as ubigint) as bigint);
-- Pareto: a fifth of the customers hold four fifths of the money
create macro zipf(key, salt, largest) as least(pow(1 - chance(key, salt), -1 / 1.16), largest);
create macro one_of(key, salt, choices) as choices[1 + pick(key, salt, len(choices))];
create macro number_of(per_customer) as cast(greatest(round(getvariable('customers') * per_customer), 1) as bigint);
create macro number_a_year(per_customer) as number_of(per_customer * getvariable('months') / 12);
create macro money(value) as cast(round(value, 2) as decimal(18, 2));
create macro rate(value) as cast(round(value, 6) as decimal(12, 8));
create macro person_name(key) as one_of(key, 'surname', ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周'])
    || one_of(key, 'given', ['伟', '芳', '娜', '敏', '静', '强', '磊', '洋', '艳', '勇', '军', '杰']);
create macro customer_id_of(number) as 'C' || lpad(cast(number as varchar), 9, '0');
create macro branch_id_of(number) as 'B' || lpad(cast(number as varchar), 4, '0');
-- organizations are every tenth customer
create macro organization(key, salt) as 10 * pick(key, salt, getvariable('customers') // 10);
create macro person(key, salt) as least(10 * pick(key, salt, getvariable('customers') // 10) + 1 + pick(key, salt || '.', 9), getvariable('customers') - 1);

create table months as
select
    month_number,
    cast(getvariable('first_day') + to_months(cast(month_number as integer)) as date) as month_start,
    cast(least(last_day(month_start), getvariable('last_day')) as date) as month_end,
    -- firms collect towards the end of a quarter and a year, households save before the spring festival
    case month(month_start) when 12 then 1.35 when 3 then 1.12 when 6 then 1.18 when 9 then 1.10 else 0.95 end as firm_season,
    case month(month_start) when 1 then 1.25 when 2 then 1.15 when 11 then 0.92 else 1.0 end as household_season
from (select range as month_number from range(getvariable('months')));

-- the organization -------------------------------------------------------------------------------------------------------

create table made_branches as
select
    range as number,
    branch_id_of(range) as branch_id,
    case
        when range = 0 then 'head_office'
        when range <= getvariable('tier1_branches') then 'tier1'
        when range <= getvariable('tier1_branches') + getvariable('tier2_branches') then 'tier2'
        when range % 3 = 0 then 'outlet'
        else 'sub_branch'
    end as branch_level,
    case
        when range = 0 then null
        when range <= getvariable('tier1_branches') then 0
        when range <= getvariable('tier1_branches') + getvariable('tier2_branches') then 1 + range % getvariable('tier1_branches')
        else 1 + getvariable('tier1_branches') + range % getvariable('tier2_branches')
    end as parent_number
from range(getvariable('branches'));

create table branches as
select
    getvariable('first_batch') as batch_date,
    made_branches.branch_id,
    '岚江银行第' || number || '支行' as branch_name,
    branch_id_of(parent_number) as parent_branch_id,
    branch_level,
    'CT' || lpad(cast(number % 40 as varchar), 3, '0') as city_code,
    (['north', 'east', 'south', 'west'])[1 + coalesce(parent_number, 0) % 4] as region_code
from made_branches;

create table departments as
select
    getvariable('first_batch') as batch_date,
    'D_' || upper(line) || lpad(cast(range as varchar), 3, '0') as department_id,
    case line when 'corporate' then '公司业务' when 'retail' then '个人业务' else '运营管理' end || range || '部' as department_name,
    line as business_line,
    branch_id_of(range) as branch_id
from range(1 + getvariable('tier1_branches')) cross join (select unnest(['corporate', 'retail', 'shared']) as line);

create table employees as
select
    getvariable('first_batch') as batch_date,
    'E' || lpad(cast(range as varchar), 6, '0') as employee_id,
    person_name(range) as employee_name,
    'relationship_manager' as role,
    branch_id_of(pick(range, 'employee branch', getvariable('branches'))) as branch_id,
    cast(null as varchar) as department_id
from range(getvariable('employees'));

create table staff_appraisals as
select
    batch_of(months.month_end) as batch_date,
    employees.employee_id,
    months.month_end as appraisal_date,
    cast(round(50 * chance(employee_id, 'led' || month_number), 1) as decimal(9, 4)) as leader_score,
    cast(round(50 * chance(employee_id, 'performed' || month_number), 1) as decimal(9, 4)) as performance_score
from employees
cross join months
where month(months.month_end) % 3 = 0
order by employee_id, month_number;

-- customers ----------------------------------------------------------------------------------------------------------------

create table made_customers as
select
    range as number,
    customer_id_of(range) as customer_id,
    case
        when range % 10 <> 0 then 'individual'
        when chance(range, 'party') < 0.82 then 'company'
        when chance(range, 'party') < 0.92 then 'sole_trader'
        else 'institution'
    end as party_type,
    zipf(range, 'wealth', 50000) * case party_type when 'individual' then 8000 when 'sole_trader' then 40000 else 250000 end as wealth,
    case
        when chance(range, 'new') < 0.005 * getvariable('months')
            then getvariable('first_day') + cast(pick(range, 'opened', getvariable('days')) as integer)
        else getvariable('first_day') - 1 - cast(pick(range, 'opened', 365 * 15) as integer)
    end as opened_date,
    case
        when chance(range, 'churn') < 0.003 * getvariable('months')
            then greatest(getvariable('first_day') + cast(pick(range, 'left', getvariable('days')) as integer), opened_date + 1)
    end as left_day,
    case when left_day <= getvariable('last_day') then left_day end as left_date,
    case
        when chance(range, 'change') < 0.004 * getvariable('months')
            then greatest(getvariable('first_day') + cast(pick(range, 'changed', getvariable('days')) as integer), opened_date + 1)
    end as changed_date
from range(getvariable('customers'));

create table customers as
with versions as (
    select *, opened_date as known_date, 0 as version from made_customers
    union all
    select *, changed_date as known_date, 1 as version from made_customers where changed_date <= getvariable('last_day')
    union all
    select *, left_date as known_date, 2 as version from made_customers where left_date is not null
)
select
    batch_of(known_date) as batch_date,
    customer_id,
    case
        when party_type = 'individual' then person_name(number)
        else '岚江' || one_of(number, 'trade', ['纺织', '机械', '电子', '化工', '食品', '物流', '建材', '信息']) || number || '号'
            || case party_type when 'company' then '有限公司' when 'institution' then '中心' else '商行' end
    end as customer_name,
    party_type,
    case when party_type <> 'individual' then 'ZZ' || lpad(cast(number as varchar), 16, '0') end as unified_social_credit_code,
    -- no region of the country begins with 99, no telephone number with 100
    case when party_type = 'individual' then '99' || lpad(cast(number as varchar), 16, '0') end as id_number,
    case when party_type = 'individual' then '100' || lpad(cast(number as varchar), 8, '0') end as phone,
    case
        when party_type <> 'individual' then
            one_of(number, 'industry', [
                'C1711', 'C2614', 'C3011', 'C3411', 'C3921', 'C3911', 'F5131', 'F5211', 'F5162', 'G5430', 'I6420', 'I6510', 'I6532',
                'J6930', 'K7010', 'L7212', 'E4710', 'E4813', 'H6110', 'N7810', 'A0111', 'R8710', 'D4411', 'M7320'
            ])
    end as industry_code,
    case
        when party_type = 'institution' then one_of(number, 'institution', ['party_government', 'public_institution', 'social_organization', 'trade_union'])
        when party_type = 'company' and chance(number, 'hospital') < 0.03 then one_of(number, 'institution', ['hospital', 'school', 'design_institute'])
    end as institution_type,
    case when party_type = 'institution' then one_of(number, 'level', ['province', 'municipality', 'prefecture', 'county', 'county', 'township', 'village']) end as admin_level,
    case when party_type <> 'individual' then opened_date - 30 - cast(pick(number, 'established', 4000) as integer) end as established_date,
    case when party_type = 'company' then money(100000 * zipf(number, 'capital', 1000000)) end as registered_capital,
    case when party_type <> 'individual' then cast(least(3 * zipf(number, 'staff', 50000) * (1 + 0.1 * version), 200000) as integer) end as employees,
    case when party_type = 'company' and chance(number // 60, 'group') < 0.2 then 'G' || lpad(cast(number // 60 as varchar), 7, '0') end as group_id,
    case when group_id is not null then case when (number // 10) % 6 = 0 then 'parent' else 'member' end end as group_role,
    cast(null as varchar) as region_code,
    'CT' || lpad(cast(pick(number, 'city', 40) as varchar), 3, '0') as city_code,
    branch_id_of(getvariable('first_outlet') + pick(number, case when changed_date <= known_date then 'new branch' else 'branch' end, getvariable('branches') - getvariable('first_outlet'))) as branch_id,
    case when party_type <> 'individual' then 'E' || lpad(cast(pick(number, 'manager', getvariable('employees')) as varchar), 6, '0') end as relationship_manager_id,
    opened_date,
    case when left_date <= known_date then 'closed' else 'active' end as status
from versions
-- of several changes within one batch the bank delivers the last
qualify row_number() over (partition by number, batch_of(known_date) order by known_date desc, version desc) = 1
order by number, known_date;

-- accounts and their balances ---------------------------------------------------------------------------------------------------

create table made_accounts as
select
    owned.number,
    'A' || lpad(cast(owned.number as varchar), 9, '0') as account_id,
    customers.customer_id,
    customers.number as customer_number,
    customers.party_type <> 'individual' as is_firm,
    customers.wealth,
    owned.number >= getvariable('customers') and chance(owned.number, 'term') < 0.5 as is_term,
    case when is_term then one_of(owned.number, 'months', [3, 6, 12, 24, 36]) end as term_months,
    case
        when owned.number < getvariable('customers') then customers.opened_date
        when customers.opened_date < getvariable('first_day') and chance(owned.number, 'old') < 0.92
            then customers.opened_date + cast(pick(owned.number, 'opened', getvariable('first_day') - customers.opened_date) as integer)
        else greatest(customers.opened_date, getvariable('first_day') + cast(pick(owned.number, 'opened', getvariable('days')) as integer))
    end as begun_date,
    begun_date as opened_date,
    case
        when chance(owned.number, 'closed') < 0.002 * getvariable('months')
            then greatest(getvariable('first_day') + cast(pick(owned.number, 'closing', getvariable('days')) as integer), begun_date + 1)
    end as closing_date,
    case when least(closing_date, customers.left_date) between begun_date + 1 and getvariable('last_day') then least(closing_date, customers.left_date) end as closed_date,
    case when chance(owned.number, 'foreign') < 0.015 then one_of(owned.number, 'currency', ['USD', 'EUR', 'HKD']) else 'CNY' end as currency,
    case when is_term then 0.02 when is_firm then 0.58 else 0.298 end * (0.3 + 1.4 * chance(owned.number, 'activity')) as activity
from (
    select
        range as number,
        case when range < getvariable('customers') then range else pick(range, 'owner', getvariable('customers')) end as owner_number
    from range(number_of(2))
) as owned
inner join made_customers as customers on owned.owner_number = customers.number
where customers.left_date is null or owned.number < getvariable('customers') or begun_date < customers.left_date
order by owned.number;

create table accounts as
with versions as (
    select *, opened_date as known_date from made_accounts
    where closed_date is null or batch_of(opened_date) < batch_of(closed_date)
    union all
    select *, closed_date as known_date from made_accounts where closed_date is not null
)
select
    batch_of(known_date) as batch_date,
    account_id,
    customer_id,
    case when is_term then 'dep_term_' else 'dep_demand_' end || case when is_firm then 'corp' else 'retail' end as product_code,
    branch_id_of(getvariable('first_outlet') + pick(customer_number, 'branch', getvariable('branches') - getvariable('first_outlet'))) as branch_id,
    currency,
    case when not is_firm then 'personal' when number < getvariable('customers') then 'basic' when is_term then 'term' else 'general' end as account_kind,
    opened_date,
    case when known_date = closed_date then closed_date end as closed_date,
    rate(case when is_term then 0.012 + 0.0003 * term_months else 0.0025 end) as interest_rate,
    cast(term_months as integer) as term_months,
    case when is_term then cast(opened_date + to_months(cast(term_months as integer)) as date) end as maturity_date
from versions
order by number, known_date;

create table deposit_balances as
with weeks as (
    select
        *,
        month_number * 4 + range as week_number,
        month_start + cast(7 * range as integer) as week_start,
        case when range < 3 then 7 else day(month_end) - 21 end as week_days
    from months cross join range(4)
),
events as (
    select
        number, account_id, is_firm, wealth, currency, -1 as week_number, greatest(opened_date, getvariable('first_day')) as balance_date, 1.0 as season
    from made_accounts
    where closed_date is null or closed_date > getvariable('first_day')
    union all
    select
        accounts.number,
        accounts.account_id,
        accounts.is_firm,
        accounts.wealth,
        accounts.currency,
        weeks.week_number,
        weeks.week_start + cast(pick(accounts.number, weeks.week_number, weeks.week_days) as integer) as balance_date,
        case when accounts.is_firm then weeks.firm_season else weeks.household_season end as season
    from made_accounts as accounts
    cross join weeks
    where
        chance(weeks.week_number, accounts.number) < accounts.activity
        and weeks.week_days > 0
        and balance_date > greatest(accounts.opened_date, getvariable('first_day'))
        and balance_date <= getvariable('last_day')
        and (accounts.closed_date is null or balance_date < accounts.closed_date)
),
valued as (
    select
        *,
        batch_of(balance_date) as first_batch,
        next_batch_of(balance_date) as next_batch,
        -- some arrive a batch late, some are corrected by the next batch
        pick(number, week_number + 1000000, 10000) as fate,
        money(
            wealth * season * (0.5 + chance(number, week_number + 2000000)) * (1 + 0.004 * week_number) * (0.2 + chance(number, 'part'))
            * case currency when 'CNY' then 1 else 0.15 end
        ) as balance
    from events
)
select
    case when fate < 3 then coalesce(next_batch, first_batch) else first_batch end as batch_date,
    account_id,
    balance_date,
    case when fate between 3 and 9 and next_batch is not null then money(balance * 1.1 + 1) else balance end as balance,
    cast(null as decimal(12, 8)) as interest_rate
from valued
union all
select
    next_batch as batch_date,
    account_id,
    balance_date,
    balance,
    cast(null as decimal(12, 8)) as interest_rate
from valued
where fate between 3 and 9 and next_batch is not null;

-- loans ------------------------------------------------------------------------------------------------------------------------

create table made_loans as
select
    drawn.number,
    'L' || lpad(cast(drawn.number as varchar), 8, '0') as loan_id,
    customers.customer_id,
    customers.number as customer_number,
    customers.party_type,
    case
        when customers.party_type in ('company', 'institution')
            then one_of(drawn.number, 'product', ['loan_working_capital', 'loan_working_capital', 'loan_fixed_asset', 'loan_trade_finance', 'loan_real_estate_dev'])
        else one_of(drawn.number, 'product', ['mortgage', 'mortgage', 'loan_personal'])
    end as product_code,
    case product_code when 'mortgage' then one_of(drawn.number, 'term', [180, 240, 360]) when 'loan_fixed_asset' then 84 else one_of(drawn.number, 'term', [36, 48, 60]) end as term,
    case
        when chance(drawn.number, 'new') < 0.008 * getvariable('months')
            then getvariable('first_day') + cast(pick(drawn.number, 'start', getvariable('days')) as integer)
        else getvariable('first_day') - 1 - cast(pick(drawn.number, 'start', 700) as integer)
    end as drawn_date,
    greatest(drawn_date, customers.opened_date) as start_date,
    cast(start_date + to_months(cast(term as integer)) as date) as maturity_date,
    money(zipf(drawn.number, 'amount', 20000) * case when customers.party_type = 'individual' then 120000 else 600000 end) as contract_amount,
    chance(drawn.number, 'bad') < 0.04 as is_bad
from (
    select
        range as number,
        case when range % 5 < 2 then organization(range, 'borrower') else person(range, 'borrower') end as customer_number
    from range(number_of(0.2))
) as drawn
inner join made_customers as customers on drawn.customer_number = customers.number
order by drawn.number;

create table loans as
with versions as (
    select *, start_date as known_date, 0 as version from made_loans
    union all
    select *, greatest(getvariable('first_day') + cast(pick(number, 'rerated', getvariable('days')) as integer), start_date) as known_date, 1 as version
    from made_loans
    where chance(number, 'rerating') < 0.005 * getvariable('months')
)
select
    batch_of(known_date) as batch_date,
    loan_id,
    customer_id,
    product_code,
    branch_id_of(getvariable('first_outlet') + pick(customer_number, 'branch', getvariable('branches') - getvariable('first_outlet'))) as branch_id,
    'CNY' as currency,
    contract_amount,
    start_date,
    maturity_date,
    rate(0.031 + 0.03 * chance(number, 'rate')) as interest_rate,
    case when term >= 84 or chance(number, 'floating') < 0.3 then 'floating' else 'fixed' end as rate_type,
    cast(case when term >= 84 or chance(number, 'floating') < 0.3 then one_of(number, 'reprice', [3, 12]) end as integer) as reprice_months,
    case when product_code = 'mortgage' then 'mortgaged' else one_of(number, 'guarantee', ['credit', 'guaranteed', 'mortgaged', 'pledged']) end as guarantee_type,
    case when party_type <> 'individual' then one_of(number, 'rating' || version, ['AAA', 'AA', 'A', 'A', 'BBB', 'BBB', 'BB', 'B']) end as internal_rating,
    case when product_code = 'mortgage' and chance(number, 'project') < 0.5 then 'P' || lpad(cast(pick(number, 'project', getvariable('projects')) as varchar), 5, '0') end as project_id
from versions
qualify row_number() over (partition by number, batch_of(known_date) order by known_date desc, version desc) = 1
order by number, known_date;

create table loan_balances as
with dated as (
    select
        loans.*,
        months.month_number,
        greatest(months.month_start + cast(least(day(loans.start_date), 28) - 1 as integer), loans.start_date) as balance_date
    from made_loans as loans
    inner join months on loans.start_date <= months.month_end and loans.maturity_date > months.month_end
    where balance_date between months.month_start and months.month_end
)
select
    batch_of(balance_date) as batch_date,
    loan_id,
    balance_date,
    money(contract_amount * (1 - least(cast(balance_date - start_date as double) / (30.4 * term), 1.0))) as principal_balance,
    case
        when not is_bad or month_number < pick(number, 'worse', 12) then 'pass'
        when month_number < pick(number, 'worse', 12) + 3 then 'special_mention'
        when month_number < pick(number, 'worse', 12) + 6 then 'substandard'
        else 'doubtful'
    end as risk_grade,
    cast(case when is_bad then 30 * greatest(month_number - pick(number, 'worse', 12), 0) else 0 end as integer) as days_overdue,
    cast(null as decimal(12, 8)) as interest_rate
from dated
order by number, balance_date;

-- what customers did -----------------------------------------------------------------------------------------------------------

-- a day in the history on which the customer was one
create macro day_of(key, salt, customer) as least(
    greatest(getvariable('first_day') + cast(pick(key, salt, getvariable('days')) as integer), customer.opened_date),
    coalesce(customer.left_date, getvariable('last_day'))
);

create table fee_transactions as
with charged as (
    select range as number, case when range % 5 < 2 then organization(range, 'payer') else person(range, 'payer') end as customer_number
    from range(number_a_year(5))
)
select
    batch_of(day_of(charged.number, 'fee', customers)) as batch_date,
    'F' || lpad(cast(charged.number as varchar), 10, '0') as transaction_id,
    customers.customer_id,
    one_of(charged.number, 'product', ['cash_management', 'fx_settlement', 'letter_of_credit', 'credit_card', 'wealth_management', 'third_party_custody']) as product_code,
    day_of(charged.number, 'fee', customers) as transaction_date,
    money(zipf(charged.number, 'fee', 5000) * 12) as fee_amount,
    money(zipf(charged.number, 'fee', 5000) * 3 * chance(charged.number, 'cost')) as cost_amount,
    cast(null as varchar) as branch_id
from charged
inner join made_customers as customers on charged.customer_number = customers.number
order by charged.number;

create table financial_statements as
with closings as (
    select make_date(year(getvariable('last_day')) - cast(range as integer), 12, 31) as statement_date, 'annual' as period_type
    from range(1, 1 + cast(ceil(getvariable('months') / 12) as bigint))
    union all
    select make_date(year(getvariable('last_day')), 6, 30) as statement_date, 'interim' as period_type
    where make_date(year(getvariable('last_day')), 9, 1) <= getvariable('last_day')
)
select
    -- accounts are closed two months after their date
    batch_of(cast(statement_date + interval 2 months as date)) as batch_date,
    customer_id,
    statement_date,
    period_type,
    money(assets) as total_assets,
    case when chance(number, 'no revenue') > 0.01 then money(assets * (0.4 + chance(number, 'turnover')) * case period_type when 'annual' then 1 else 0.5 end) end as revenue,
    money(assets * 0.05 * (chance(number, 'margin') - 0.2)) as net_profit,
    money(assets * (0.2 + 0.5 * chance(number, 'equity'))) as net_assets,
    cast(least(3 * zipf(number, 'staff', 50000), 200000) as integer) as employees,
    chance(number, 'audited') < 0.7 as is_audited
from (
    select *, wealth * 15 * (1 + 0.05 * (year(statement_date) - 2020)) as assets
    from made_customers cross join closings
)
where
    party_type in ('company', 'institution')
    and statement_date >= opened_date
    and (period_type = 'annual' or chance(number, 'interim') < 0.2)
order by number, statement_date;

create table credit_lines as
with granted as (select range as number, organization(range, 'line') as customer_number from range(number_of(0.02)))
select
    batch_of(day_of(granted.number, 'line', customers)) as batch_date,
    'CL' || lpad(cast(granted.number as varchar), 7, '0') as credit_line_id,
    customers.customer_id,
    money(1000000 * zipf(granted.number, 'line', 3000)) as approved_amount,
    day_of(granted.number, 'line', customers) as valid_from,
    cast(day_of(granted.number, 'line', customers) + interval 1 year as date) as valid_to
from granted
inner join made_customers as customers on granted.customer_number = customers.number
order by granted.number;

create table product_holdings as
with signed as (
    select range as number, case when range % 4 = 0 then organization(range, 'holder') else person(range, 'holder') end as customer_number
    from range(number_of(0.5))
)
select
    batch_of(day_of(signed.number, 'signed', customers)) as batch_date,
    'H' || lpad(cast(signed.number as varchar), 9, '0') as holding_id,
    customers.customer_id,
    case
        when customers.party_type = 'individual' then one_of(signed.number, 'product', ['debit_card', 'credit_card', 'mobile_banking', 'wealth_management', 'third_party_custody', 'precious_metal'])
        else one_of(signed.number, 'product', ['payroll', 'e_banking_corp', 'sms_notice', 'pos_terminal', 'phone_payment', 'cash_management', 'fx_settlement'])
    end as product_code,
    day_of(signed.number, 'signed', customers) as signed_date,
    cast(null as date) as ended_date,
    chance(signed.number, 'active') < 0.8 as is_active
from signed
inner join made_customers as customers on signed.customer_number = customers.number
order by signed.number;

create table customer_tags as
select
    batch_of(opened_date) as batch_date,
    customer_id,
    tag_code,
    opened_date as valid_from,
    cast(null as date) as valid_to,
    'synthetic' as source
from made_customers
cross join (select unnest(['strategic_customer', 'listed_company', 'emerging_internet', 'emerging_iot', 'province_tax_top_200']) as tag_code)
where party_type = 'company' and chance(number, tag_code) < 0.004
order by number, tag_code;

create table customer_relationships as
with linked as (
    select range as number, organization(range, 'organization') as organization_number, person(range, 'person') as person_number
    from range(number_of(0.1))
)
select
    batch_of(greatest(organizations.opened_date, persons.opened_date)) as batch_date,
    organizations.customer_id as organization_customer_id,
    persons.customer_id as person_customer_id,
    one_of(linked.number, 'relation', ['legal_representative', 'controller', 'executive', 'finance_head', 'middle_manager', 'payroll_employee', 'payroll_employee', 'shareholder']) as relation_type,
    greatest(organizations.opened_date, persons.opened_date) as valid_from,
    cast(null as date) as valid_to
from linked
inner join made_customers as organizations on linked.organization_number = organizations.number
inner join made_customers as persons on linked.person_number = persons.number
qualify row_number() over (partition by organizations.number, persons.number, relation_type order by linked.number) = 1
order by linked.number;

create table customer_scores as
select
    batch_of(greatest(opened_date, getvariable('first_day'))) as batch_date,
    customer_id,
    score_code,
    greatest(opened_date, getvariable('first_day')) as score_date,
    cast(round(100 * chance(number, score_code), 2) as decimal(9, 4)) as score
from made_customers
cross join (select unnest(['market_share', 'satisfaction', 'closeness', 'contracts_signed']) as score_code)
where party_type in ('company', 'institution') and chance(number, 'scored') < 0.2
order by number, score_code;

create table prospects as
select
    getvariable('first_batch') as batch_date,
    'Q' || lpad(cast(range as varchar), 7, '0') as prospect_id,
    '岚江潜客' || range || '号公司' as customer_name,
    'company' as party_type,
    one_of(range, 'industry', ['C3011', 'F5131', 'I6510', 'K7010']) as industry_code,
    'north' as region_code,
    branch_id_of(pick(range, 'prospect branch', getvariable('branches'))) as branch_id,
    cast(null as varchar) as unified_social_credit_code,
    'synthetic' as source
from range(number_of(0.01));

create table prospect_scores as
select
    getvariable('first_batch') as batch_date,
    prospect_id,
    score_code,
    getvariable('first_day') as score_date,
    cast(round(100 * chance(prospect_id, score_code), 2) as decimal(9, 4)) as score
from prospects
cross join (select unnest(['industry_space', 'growth', 'market_influence', 'applicability', 'feasibility', 'product_advantage', 'convenience']) as score_code)
order by prospect_id, score_code;

create table visits as
with made as (select range as number, organization(range, 'visited') as customer_number from range(number_a_year(0.3)))
select
    batch_of(day_of(made.number, 'visit', customers)) as batch_date,
    'V' || lpad(cast(made.number as varchar), 9, '0') as visit_id,
    customers.customer_id,
    one_of(made.number, 'role', ['president', 'corporate_head', 'relationship_manager', 'relationship_manager', 'relationship_manager', 'outlet_head']) as visitor_role,
    'E' || lpad(cast(pick(made.number, 'visitor', getvariable('employees')) as varchar), 6, '0') as visitor_id,
    day_of(made.number, 'visit', customers) as visit_date
from made
inner join made_customers as customers on made.customer_number = customers.number
order by made.number;

create table payroll_runs as
select
    batch_of(months.month_start + 14) as batch_date,
    'W' || customers.number || '_' || months.month_number as payroll_run_id,
    customers.customer_id as employer_customer_id,
    months.month_start + 14 as paid_date,
    cast(5 + least(2 * zipf(customers.number, 'paid', 5000), 20000) as integer) as employees_paid,
    money(7000 * (5 + least(2 * zipf(customers.number, 'paid', 5000), 20000))) as amount
from made_customers as customers
cross join months
where
    customers.party_type in ('company', 'institution')
    and chance(customers.number, 'payroll') < 0.1
    and months.month_start + 14 between customers.opened_date and coalesce(customers.left_date, getvariable('last_day'))
order by customers.number, months.month_number;

create table property_projects as
select
    batch_of(months.month_end) as batch_date,
    'P' || lpad(cast(projects.range as varchar), 5, '0') as project_id,
    months.month_end as as_of_date,
    customer_id_of(organization(projects.range, 'developer')) as developer_customer_id,
    money(200000000 * (1 + 4 * chance(projects.range, 'size'))) as development_loan_total,
    money(200000000 * (1 + 4 * chance(projects.range, 'size')) * one_of(projects.range, 'lender', [0.0, 0.4, 1.0])) as development_loan_ours,
    money(8000000 * (1 + months.month_number)) as mortgages_total,
    money(8000000 * (1 + months.month_number) * (0.3 + 0.7 * chance(projects.range, 'ours'))) as mortgages_ours
from range(getvariable('projects')) as projects
cross join months
inner join made_customers as customers on customers.number = organization(projects.range, 'developer')
where customers.opened_date <= months.month_end
order by projects.range, months.month_number;

create table counterparty_flows as
with paid as (select range as number, organization(range, 'customer') as customer_number, organization(range, 'other') as other_number from range(number_a_year(0.5)))
select
    batch_of(day_of(paid.number, 'flow', customers)) as batch_date,
    'T' || lpad(cast(paid.number as varchar), 9, '0') as flow_id,
    customers.customer_id,
    one_of(paid.number, 'direction', ['in', 'out']) as direction,
    day_of(paid.number, 'flow', customers) as flow_date,
    money(5000 * zipf(paid.number, 'flow', 20000)) as amount,
    case when chance(paid.number, 'stranger') < 0.6 then '岚江外户' || pick(paid.number, 'name', getvariable('customers') // 20) || '号公司' end as counterparty_name,
    case when chance(paid.number, 'stranger') >= 0.6 and others.opened_date < getvariable('first_day') then others.customer_id end as counterparty_customer_id
from paid
inner join made_customers as customers on paid.customer_number = customers.number
inner join made_customers as others on paid.other_number = others.number
order by paid.number;

create table performance_claims as
with claimed as (select range as number, organization(range, 'claimed') as customer_number from range(number_of(0.002)))
select
    batch_of(day_of(claimed.number, 'claim', customers)) as batch_date,
    'K' || lpad(cast(claimed.number as varchar), 7, '0') as claim_id,
    customers.customer_id,
    branch_id_of(pick(claimed.number, 'claiming', getvariable('branches'))) as branch_id,
    one_of(claimed.number, 'metric', ['deposit_average_balance', 'loan_average_balance']) as metric_code,
    cast(0.5 as decimal(18, 12)) as claimed_share,
    day_of(claimed.number, 'claim', customers) as claim_date,
    'committee' as approved_by
from claimed
inner join made_customers as customers on claimed.customer_number = customers.number
order by claimed.number;

-- selling together -------------------------------------------------------------------------------------------------------------

create table made_referrals as
select
    sold.number,
    'R' || lpad(cast(sold.number as varchar), 9, '0') as referral_id,
    products.product_code,
    greatest(day_of(sold.number, 'sold', buyers), products.first_date) as sold_date,
    cast(1 + pick(sold.number, 'quantity', 3) as decimal(18, 2)) as quantity,
    case when products.basis = 'amount' then money(products.unit * 5 * zipf(sold.number, 'sale', 500)) end as amount,
    'D_RETAIL' || lpad(cast(pick(sold.number, 'lead', 1 + getvariable('tier1_branches')) as varchar), 3, '0') as lead_department_id,
    case when sources.opened_date < getvariable('first_day') then sources.customer_id end as source_customer_id,
    buyers.customer_id as buyer_customer_id,
    branch_id_of(getvariable('first_outlet') + pick(sold.number, 'outlet', getvariable('branches') - getvariable('first_outlet'))) as outlet_branch_id,
    case when products.product_code = 'mortgage' and chance(sold.number, 'project') < 0.7 then 'P' || lpad(cast(pick(sold.number, 'project', getvariable('projects')) as varchar), 5, '0') end as project_id,
    pick(sold.number, 'fate', 1000) as fate
from (
    select range as number, organization(range, 'source') as source_number, person(range, 'buyer') as buyer_number, pick(range, 'product', (select count(*) from point_products)) as product_number
    from range(number_a_year(0.3))
) as sold
inner join made_customers as sources on sold.source_number = sources.number
inner join made_customers as buyers on sold.buyer_number = buyers.number
inner join point_products as products on sold.product_number = products.number
order by sold.number;

create table referrals as
with versions as (
    select *, batch_of(sold_date) as batch_date, 0 as version from made_referrals
    union all
    -- corrected or withdrawn by the batch after the first
    select *, next_batch_of(sold_date) as batch_date, 1 as version from made_referrals
    where fate < 40 and next_batch_of(sold_date) is not null
)
select
    batch_date,
    referral_id,
    product_code,
    sold_date,
    quantity + case when version = 1 and fate >= 10 then 1 else 0 end as quantity,
    case when version = 1 then money(amount * 0.9) else amount end as amount,
    lead_department_id,
    source_customer_id,
    buyer_customer_id,
    outlet_branch_id,
    project_id,
    case when version = 1 and fate < 10 then 'withdrawn' else 'confirmed' end as status
from versions
order by number, version;

create table referral_participants as
select
    batch_of(sold_date) as batch_date,
    referral_id,
    'D_CORPORATE' || lpad(cast((pick(number, 'participant', 1 + getvariable('tier1_branches')) + place.range) % (1 + getvariable('tier1_branches')) as varchar), 3, '0') as department_id,
    case
        when pick(number, 'participants', 10) between 6 and 7 then cast(case place.range when 0 then 0.6 else 0.4 end as decimal(18, 12))
    end as share
from made_referrals
cross join range(2) as place
where place.range = 0 or pick(number, 'participants', 10) >= 6
order by number, place.range;

create table referral_reviews as
select
    batch_of(least(sold_date + 12, getvariable('last_day'))) as batch_date,
    'Y' || lpad(cast(number as varchar), 9, '0') as review_id,
    referral_id,
    one_of(number, 'review', ['objection', 'compliance', 'spot_check']) as review_type,
    least(sold_date + 12, getvariable('last_day')) as review_date,
    case one_of(number, 'review', ['objection', 'compliance', 'spot_check'])
        when 'objection' then one_of(number, 'outcome', ['open', 'upheld', 'dismissed', 'dismissed'])
        else one_of(number, 'outcome', ['passed', 'passed', 'passed', 'failed'])
    end as outcome,
    cast(null as varchar) as note
from made_referrals
where fate between 100 and 119
order by number;

-- finance ----------------------------------------------------------------------------------------------------------------------

create table cost_pools as
with pools as (
    select month_start, branch_id, pool_code, number
    from months
    cross join made_branches
    cross join (select unnest(['account_maintenance', 'lending', 'deposit_taking', 'transactions', 'relationship']) as pool_code)
    where branch_level in ('sub_branch', 'outlet')
    union all
    select month_start, '*' as branch_id, pool_code, 100000 as number
    from months
    cross join (select unnest(['account_maintenance', 'transactions']) as pool_code)
)
select
    -- what is known of a month's cost comes with its first delivery and is no later mended
    batch_of(least(last_day(month_start), getvariable('last_day'))) as batch_date,
    month_start as period_month,
    branch_id,
    pool_code,
    money((20000 + 30000 * chance(number, pool_code)) * case branch_id when '*' then 20 else 1 end) as amount
from pools
order by month_start, number, pool_code;

create table ftp_curves as
with days as (
    select cast(unnest(generate_series(getvariable('first_day') - interval 16 years, getvariable('last_day'), interval 1 month)) as date) as curve_date
)
select
    batch_of(curve_date) as batch_date,
    curve_date,
    currency,
    tenor_months,
    rate(case currency when 'CNY' then 0.014 else 0.02 end + 0.00006 * tenor_months + 0.004 * chance(year(curve_date) * 12 + month(curve_date), currency)) as rate
from days
cross join (select unnest(['CNY', 'USD', 'EUR', 'HKD']) as currency)
cross join (select cast(unnest([1, 3, 6, 12, 24, 36, 60, 120, 360]) as integer) as tenor_months)
order by curve_date, currency, tenor_months;

create table fx_rates as
select
    batch_of(month_start) as batch_date,
    month_start as rate_date,
    currency,
    cast(round(base * (0.97 + 0.06 * chance(month_number, currency)), 4) as decimal(18, 8)) as rate_to_cny
from months
cross join (values ('USD', 7.1), ('EUR', 7.8), ('HKD', 0.91)) as rates (currency, base)
order by month_start, currency;
