-- The peer: what one engineer would write for the heaviest marts (customer months, segments, tiers, profit contribution by
-- instrument and by customer) over the landed files, without dbt, tests, quarantine, evidence columns or rules that change with
-- region. Thresholds that do not matter for speed stand in the text. `bankmart bench` checks that its rows equal the marts' on the
-- generated bank.

create macro divided(n, d) as
    (cast(round(cast(n as double) / d) as hugeint)
    + cast(round(cast(n - cast(round(cast(n as double) / d) as hugeint) * d as double) / d) as hugeint));
create macro rounded(n, d) as
    divided(n, d) + cast(2 * (n - divided(n, d) * d) + cast(n > 0 as integer) > d as integer)
    - cast(cast(n < 0 as integer) - 2 * (n - divided(n, d) * d) > d as integer);
create macro amount(n, d) as cast(cast(cast(rounded(n, d) as bigint) as decimal(18, 0)) * cast(0.01 as decimal(3, 2)) as decimal(18, 2));
create macro rate_of(n, d) as cast(cast(cast(rounded(n, d) as bigint) as decimal(18, 0)) * cast(0.00000001 as decimal(9, 8)) as decimal(18, 8));
create macro whole(v, unit) as cast(cast(v - v % 1 as bigint) * unit + cast(v % 1 * unit as bigint) as hugeint);
create macro cents(value) as whole(cast(value as decimal(18, 2)), 100);
create macro units(value) as whole(cast(value as decimal(18, 8)), 100000000);
create macro months_from(a, b) as (year(b) - year(a)) * 12 + month(b) - month(a);

create schema marts;
set variable as_of = (select max(batch_date) from landing.manifest);

create temp table months as
with first_day as (
    select least(
        (select min(balance_date__typed) from landing.deposit_balances), (select min(balance_date__typed) from landing.loan_balances)
    ) as day
)
select
    cast(unnest(generate_series(date_trunc('month', day), date_trunc('month', getvariable('as_of')), interval 1 month)) as date) as period_month,
    least(last_day(period_month), getvariable('as_of')) as period_end,
    cast(period_end + 1 as date) as period_stop,
    day(period_end) as month_days,
    cast(period_end - date_trunc('year', period_month)::date + 1 as integer) as ytd_days,
    cast(period_end - (period_month - interval 11 months)::date + 1 as integer) as r12_days
from first_day;

create temp table bridge as
select f.period_month as from_month, t.period_month as to_month, m.period_month, m.period_stop
from months as f
inner join months as t on f.period_month <= t.period_month
inner join months as m on m.period_month between f.period_month and t.period_month;

create temp table rates as
select period_month, currency, units(arg_max(rate_to_cny__typed, rate_date__typed)) as fx
from months inner join landing.fx_rates on rate_date__typed <= period_end
group by all
union all
select period_month, 'CNY', cast(100000000 as hugeint) from months;

create temp table branches as
select branch_id, arg_max(region_code, batch_date) as region_code from landing.branches group by all;

create temp table accounts as
select
    account_id,
    arg_max(struct_pack(customer_id, product_code, branch_id, currency, opened_date__typed, closed_date__typed, term_months__typed, rate := units(interest_rate__typed)), batch_date) as a,
    min(opened_date__typed) as first_date
from landing.accounts
group by all;

create temp table loans as
select *, batch_date as valid_from, coalesce(lead(batch_date) over (partition by loan_id order by batch_date), date '9999-12-31') as valid_to,
    row_number() over (partition by loan_id order by batch_date) as version
from landing.loans;

-- customers with the attributes in force, month by month
create temp table spine as
with firsts as (
    select customer_id, min(day) as day
    from (
        select customer_id, opened_date__typed as day from landing.customers
        union all select a.customer_id, first_date from accounts
        union all select customer_id, start_date__typed from loans
    )
    group by all
),
versions as (
    select *,
        case when row_number() over w = 1 then date '0001-01-01' else batch_date end as valid_from,
        coalesce(lead(batch_date) over w, date '9999-12-31') as valid_to
    from landing.customers
    window w as (partition by customer_id order by batch_date)
)
select
    v.customer_id, m.period_month, m.period_end, v.party_type, v.institution_type, v.industry_code, v.admin_level, v.group_id, v.group_role,
    v.branch_id, coalesce(v.region_code, b.region_code) as region_code, v.established_date__typed as established_date,
    v.registered_capital__typed as registered_capital, v.employees__typed as employees
from versions as v
inner join firsts as f on v.customer_id = f.customer_id
inner join months as m on date_trunc('month', f.day) <= m.period_month and v.valid_from <= m.period_end and v.valid_to > m.period_end
left join branches as b on v.branch_id = b.branch_id;

-- balances: a corrected record is the one followed by another of its day
create temp table account_months as
with events as (
    select account_id, balance_date__typed as day, batch_date, balance__typed as balance from landing.deposit_balances
    where balance_date__typed <= getvariable('as_of')
    union all
    select account_id, a.closed_date__typed, date '9999-12-31', 0 from accounts where a.closed_date__typed <= getvariable('as_of')
        and account_id in (select account_id from landing.deposit_balances)
),
followed as (
    select *, lead(day) over (partition by account_id order by day, batch_date) as next_day from events
),
spans as (
    select account_id, day, coalesce(next_day, cast(getvariable('as_of') + 1 as date)) as stop, balance from followed where next_day is distinct from day
),
sliced as (
    select
        account_id, period_month,
        max(case when stop >= period_stop then balance end) as balance,
        sum(cents(balance) * (least(stop, period_stop) - greatest(day, period_month))) as cd
    from spans
    inner join bridge on date_trunc('month', day) = from_month and date_trunc('month', stop - 1) = to_month
    group by all
)
select *,
    sum(cd) over (partition by account_id, year(period_month) order by period_month) as ytd,
    sum(cd) over (partition by account_id order by period_month rows between 11 preceding and current row) as r12
from sliced;

create temp table loan_slices as
with followed as (
    select *, lead(balance_date__typed) over (partition by loan_id order by balance_date__typed, batch_date) as next_day
    from landing.loan_balances where balance_date__typed <= getvariable('as_of')
),
spans as (
    select loan_id, balance_date__typed as day, coalesce(next_day, cast(getvariable('as_of') + 1 as date)) as stop,
        principal_balance__typed as balance, risk_grade
    from followed where next_day is distinct from balance_date__typed
)
select
    loan_id, period_month, risk_grade,
    max(case when stop >= period_stop then balance end) as balance,
    sum(cents(balance) * (least(stop, period_stop) - greatest(day, period_month))) as cd
from spans
inner join bridge on date_trunc('month', day) = from_month and date_trunc('month', stop - 1) = to_month
group by all;

create temp table loan_months as
with summed as (
    select loan_id, period_month, max(balance) as balance, sum(cd) as cd,
        sum(case when risk_grade in ('pass', 'special_mention') then cd else 0 end) as accruing,
        max(case when balance is not null then risk_grade end) as grade
    from loan_slices group by all
)
select s.*,
    sum(cd) over (partition by s.loan_id, year(s.period_month) order by s.period_month) as ytd,
    sum(cd) over (partition by s.loan_id order by s.period_month rows between 11 preceding and current row) as r12,
    l.customer_id, l.product_code, l.branch_id, l.interest_rate__typed as rate, l.rate_type, l.reprice_months__typed as reprice, l.guarantee_type,
    l.internal_rating, l.start_date__typed as started, months_from(l.start_date__typed, l.maturity_date__typed) as term
from summed as s
inner join months as m on s.period_month = m.period_month
inner join loans as l on s.loan_id = l.loan_id and (l.version = 1 or l.valid_from <= m.period_end) and l.valid_to > m.period_end;

create temp table account_sums as
select a.customer_id, period_month, sum(cents(balance) * fx) as bal, sum(cd * fx) as cd, sum(ytd * fx) as ytd, sum(r12 * fx) as r12
from account_months inner join accounts using (account_id) inner join rates using (period_month)
where a.currency = rates.currency
group by all;

create temp table loan_sums as
select customer_id, period_month, sum(cents(balance)) as bal, sum(cd) as cd, sum(ytd) as ytd, sum(r12) as r12
from loan_months group by all;

create temp table fees as
select customer_id, cast(date_trunc('month', transaction_date__typed) as date) as period_month, sum(fee_amount__typed) as fee,
    sum(fee_amount__typed - coalesce(cost_amount__typed, 0)) as net, count(*) as n
from landing.fee_transactions where transaction_date__typed <= getvariable('as_of') group by all;

create temp table held as
with all_held as (
    select a.customer_id, period_month, a.product_code, 1 as n from accounts
    inner join months on a.opened_date__typed <= period_end and (a.closed_date__typed is null or a.closed_date__typed > period_end)
    union all
    select customer_id, period_month, product_code, 0 from loan_months where balance > 0
    union all
    select customer_id, period_month, product_code, 0 from landing.product_holdings
    inner join months on signed_date__typed <= period_end where is_active__typed
)
select customer_id, period_month, count(distinct product_code) as products, sum(n) as accounts from all_held group by all;

create temp table lines as
select customer_id, period_month, sum(approved_amount__typed) as amount
from landing.credit_lines inner join months on valid_from__typed <= period_end and (valid_to__typed is null or valid_to__typed > period_end)
group by all;

create table marts.fct_customer_months as
select
    s.customer_id, s.branch_id, s.party_type, s.region_code, s.period_month,
    coalesce(amount(l.bal, 1), 0) as loan_balance,
    coalesce(amount(l.cd, m.month_days), 0) as loan_average_balance,
    coalesce(amount(l.ytd, m.ytd_days), 0) as loan_average_balance_ytd,
    coalesce(amount(l.r12, m.r12_days), 0) as loan_average_balance_r12,
    coalesce(amount(d.bal, 100000000), 0) as deposit_balance,
    coalesce(amount(d.cd, 100000000::hugeint * m.month_days), 0) as deposit_average_balance,
    coalesce(amount(d.ytd, 100000000::hugeint * m.ytd_days), 0) as deposit_average_balance_ytd,
    coalesce(amount(d.r12, 100000000::hugeint * m.r12_days), 0) as deposit_average_balance_r12,
    cast(coalesce(c.amount, 0) as decimal(18, 2)) as credit_line_amount,
    cast(coalesce(f.net, 0) as decimal(18, 2)) as net_fee_amount,
    cast(coalesce(h.products, 0) as integer) as product_count,
    cast(coalesce(h.accounts, 0) as integer) as active_account_count,
    coalesce(l.bal, 0) > 0 or c.customer_id is not null as is_credit_customer
from spine as s
inner join months as m on s.period_month = m.period_month
left join loan_sums as l on s.customer_id = l.customer_id and s.period_month = l.period_month
left join account_sums as d on s.customer_id = d.customer_id and s.period_month = d.period_month
left join lines as c on s.customer_id = c.customer_id and s.period_month = c.period_month
left join fees as f on s.customer_id = f.customer_id and s.period_month = f.period_month
left join held as h on s.customer_id = h.customer_id and s.period_month = h.period_month;

create table marts.fct_customer_segments as
with tags as (
    select distinct customer_id, period_month from landing.customer_tags
    inner join months on valid_from__typed <= period_end and (valid_to__typed is null or valid_to__typed > period_end)
    where tag_code in ('emerging_internet', 'emerging_iot', 'emerging_mobile_payment')
)
select
    s.customer_id, s.period_month,
    case
        when s.party_type = 'individual' then 'individual'
        when s.party_type = 'sole_trader' then 'retail_managed'
        when s.party_type = 'institution' or s.institution_type in ('hospital', 'school', 'design_institute')
            then case when f.loan_balance > 0 then 'credit_institution' else 'no_credit_institution' end
        when f.loan_balance <= 0 then 'no_credit_company'
        when t.customer_id is not null then 'credit_emerging_company'
        when s.industry_code like 'K70%' then 'credit_real_estate_company'
        when s.industry_code like 'I64%' or s.industry_code like 'I6532%' or s.industry_code like 'J6930%' then 'credit_emerging_company'
        else 'credit_traditional_company'
    end as segment_code
from spine as s
inner join marts.fct_customer_months as f on s.customer_id = f.customer_id and s.period_month = f.period_month
left join tags as t on s.customer_id = t.customer_id and s.period_month = t.period_month;

-- tiers, wide first: one row per company or institution and month
create temp table sizes as
with statements as (
    select customer_id, statement_date__typed as day, period_type, total_assets__typed as assets, revenue__typed as revenue, employees__typed as employees
    from landing.financial_statements
),
in_force as (
    select s.customer_id, s.period_month, arg_max(st, struct_pack(day := st.day, is_annual := st.period_type = 'annual')) as st
    from spine as s
    inner join statements as st on s.customer_id = st.customer_id and st.day <= s.period_end
    where st.period_type = 'annual' or (s.party_type = 'company' and year(s.established_date) = year(s.period_month))
    group by all
),
strategic as (
    select distinct customer_id, period_month from landing.customer_tags
    inner join months on valid_from__typed <= period_end and (valid_to__typed is null or valid_to__typed > period_end)
    where tag_code = 'strategic_customer'
),
strategic_groups as (
    select distinct group_id, period_month from spine inner join strategic using (customer_id, period_month) where group_role = 'parent'
),
industries as (
    select industry_code, max(large_from) filter (indicator = 'employees') as el, max(medium_from) filter (indicator = 'employees') as em, max(small_from) filter (indicator = 'employees') as es,
        max(large_from) filter (indicator = 'revenue') as rl, max(medium_from) filter (indicator = 'revenue') as rm, max(small_from) filter (indicator = 'revenue') as rs,
        max(large_from) filter (indicator = 'total_assets') as al, max(medium_from) filter (indicator = 'total_assets') as am, max(small_from) filter (indicator = 'total_assets') as asm
    from read_csv(getvariable('seeds') || '/rules/rule_sme_indicators.csv', types = {'large_from': 'decimal(18,2)', 'medium_from': 'decimal(18,2)', 'small_from': 'decimal(18,2)'})
    group by all
),
matched as (
    select used.industry_code, arg_max(industries, length(industries.industry_code)) as i
    from (select distinct industry_code from spine where industry_code is not null) as used
    inner join industries on starts_with(used.industry_code, industries.industry_code)
    group by all
),
joined as (
    select s.*, g.segment_code, f.*exclude (customer_id, period_month, party_type, branch_id, region_code),
        (t.customer_id is not null or sg.group_id is not null) as is_strategic,
        case when i.st is null or i.st.day + interval 24 months < s.period_end then null else i.st end as st,
        coalesce(case when i.st.day + interval 24 months >= s.period_end then i.st.employees end, s.employees) as staff,
        m.i as i
    from spine as s
    inner join marts.fct_customer_segments as g on s.customer_id = g.customer_id and s.period_month = g.period_month
    inner join marts.fct_customer_months as f on s.customer_id = f.customer_id and s.period_month = f.period_month
    left join in_force as i on s.customer_id = i.customer_id and s.period_month = i.period_month
    left join strategic as t on s.customer_id = t.customer_id and s.period_month = t.period_month
    left join strategic_groups as sg on s.group_id = sg.group_id and s.period_month = sg.period_month
    left join matched as m on s.industry_code = m.industry_code
    where g.segment_code not in ('individual', 'retail_managed')
)
select
    customer_id, period_month, segment_code not like '%institution' as is_company, segment_code,
    case when segment_code = 'credit_traditional_company' then
        case when is_strategic then 'strategic' when st.revenue is null then null
            when st.revenue >= case when (region_code = 'west' and period_end >= date '2026-07-01') or substr(industry_code, 1, 1) in ('H', 'I', 'L', 'R') or industry_code like 'F52%' then 150000000 else 300000000 end then 'large'
            when st.revenue > 30000000 then case when st.assets is null then null when st.assets > 10000000 then 'medium' else 'small' end
            else 'small' end
    end as traditional,
    case when segment_code = 'no_credit_company' then
        case when deposit_average_balance_ytd >= case when region_code = 'west' and period_end >= date '2026-07-01' then 300000 else 500000 end then 'above_scale' else 'below_scale' end
    end as deposit_scale,
    case
        when segment_code like '%institution' then case when admin_level in ('province', 'ministry', 'municipality') then 'large' when admin_level in ('prefecture', 'county') then 'medium' when admin_level in ('township', 'village') then 'small' end
        when is_credit_customer then case when st.assets >= 30000000000 then 'extra_large' when st.assets >= 600000000 then 'large' when st.assets >= 60000000 then 'medium' when st.assets >= 10000000 then 'small' when st.assets is not null then 'micro' end
        else case when registered_capital >= 5000000000 then 'extra_large' when registered_capital >= 100000000 then 'large' when registered_capital >= 10000000 then 'medium' when registered_capital >= 5000000 then 'small' when registered_capital is not null then 'micro' end
    end as enterprise_size,
    case when (i.el is not null and staff is null) or (i.rl is not null and st.revenue is null) or (i.al is not null and st.assets is null) or i is null then null
        else greatest(
            case when i.el is null then 1 when staff >= i.el then 1 when staff >= i.em then 2 when staff >= i.es then 3 else 4 end,
            case when i.rl is null then 1 when st.revenue >= i.rl then 1 when st.revenue >= i.rm then 2 when st.revenue >= i.rs then 3 else 4 end,
            case when i.al is null then 1 when st.assets >= i.al then 1 when st.assets >= i.am then 2 when st.assets >= i.asm then 3 else 4 end)
    end as statistical_rank,
    case when deposit_balance >= 200000000 or credit_line_amount >= 200000000 then 'class_1' when deposit_balance >= 50000000 then 'class_2' else 'class_3' end as marketing,
    is_strategic
from joined;

create table marts.fct_customer_tiers as
with long as (
    select customer_id, period_month, 'traditional_company_scale' as scheme_code, traditional as tier_code from sizes where segment_code = 'credit_traditional_company'
    union all select customer_id, period_month, 'no_credit_deposit_scale', deposit_scale from sizes where segment_code = 'no_credit_company'
    union all select customer_id, period_month, 'enterprise_size', enterprise_size from sizes
    union all select customer_id, period_month, 'statistical_size', (['large', 'medium', 'small', 'micro'])[statistical_rank] from sizes where is_company
    union all select customer_id, period_month, 'marketing_class', marketing from sizes
    union all select customer_id, period_month, 'management_level',
        case when is_strategic then 'head_office' when traditional = 'large' or marketing = 'class_1' then 'tier1_branch' when traditional = 'medium' or marketing = 'class_2' then 'tier2_branch' else 'sub_branch' end
    from sizes
)
select *, case when tier_code is null then 'unrated' else 'rated' end as status from long;

-- profit: internal prices, then each term rounded once per instrument and month
create temp table methods as
select product_code, method, tenor_months, units(spread) as spread
from read_csv(getvariable('seeds') || '/rules/rule_ftp_methods.csv', types = {'spread': 'decimal(12,8)'});

create temp table prices as
with asked as (
    select distinct a.currency, a.opened_date__typed as day, coalesce(a.term_months__typed, 0) as tenor from accounts inner join methods on a.product_code = methods.product_code where method = 'matched_term'
    union
    select distinct a.currency, period_month, methods.tenor_months from account_months inner join accounts using (account_id) inner join methods on a.product_code = methods.product_code where method = 'fixed_tenor'
    union
    select distinct 'CNY', started, term from loan_months
    union
    select distinct 'CNY', cast(started + to_months(cast(reprice * (greatest(months_from(started, period_month) - case when day(started) > 1 then 1 else 0 end, 0) // reprice) as integer)) as date), reprice from loan_months where rate_type = 'floating'
),
dated as (
    select asked.currency, day, tenor, max(curve_date__typed) as curve from asked
    inner join landing.ftp_curves as c on asked.currency = c.currency and c.curve_date__typed <= day
    group by all
),
bounded as (
    select d.*, max(case when c.tenor_months__typed <= tenor then c.tenor_months__typed end) as lo, min(case when c.tenor_months__typed >= tenor then c.tenor_months__typed end) as hi
    from dated as d inner join landing.ftp_curves as c on d.currency = c.currency and d.curve = c.curve_date__typed
    group by all
)
select b.currency, b.day, b.tenor,
    case when l.tenor_months__typed = h.tenor_months__typed then units(l.rate__typed)
        else rounded(units(l.rate__typed) * (h.tenor_months__typed - l.tenor_months__typed) + (units(h.rate__typed) - units(l.rate__typed)) * (b.tenor - l.tenor_months__typed), h.tenor_months__typed - l.tenor_months__typed)
    end as price
from bounded as b
inner join landing.ftp_curves as l on b.currency = l.currency and b.curve = l.curve_date__typed and coalesce(lo, hi) = l.tenor_months__typed
inner join landing.ftp_curves as h on b.currency = h.currency and b.curve = h.curve_date__typed and coalesce(hi, lo) = h.tenor_months__typed;

create temp table deposit_terms as
with terms as (
    select am.account_id, a.customer_id, a.product_code, a.branch_id, methods.method, am.period_month, p.day, p.tenor, m.month_days, am.cd,
        p.price + methods.spread as ftp, a.rate, r.fx
    from account_months as am
    inner join months as m on am.period_month = m.period_month
    inner join accounts using (account_id)
    inner join methods on a.product_code = methods.product_code
    inner join rates as r on am.period_month = r.period_month and a.currency = r.currency
    left join prices as p on a.currency = p.currency
        and case method when 'fixed_tenor' then am.period_month else a.opened_date__typed end = p.day
        and case method when 'fixed_tenor' then methods.tenor_months else coalesce(a.term_months__typed, 0) end = p.tenor
)
select *, amount(cd * fx, 100000000::hugeint * month_days) as average_balance,
    case when cd = 0 then 0 else amount(cd * rate * fx, 10000000000000000::hugeint * 360) end as interest,
    case when cd = 0 then 0 else amount((cd * ftp - cd * rate) * fx, 10000000000000000::hugeint * 360) end as transfer
from terms;

create temp table loan_terms as
with classed as (
    select lm.*, p.price + methods.spread as ftp, p.day, p.tenor, units(lm.rate) as customer_rate, m.month_days,
        case when method = 'repricing' and rate_type is distinct from 'floating' then 'matched_term' else method end as ftp_method,
        case
            when lm.product_code = 'mortgage' then 'residential_mortgage'
            when g.segment_code in ('individual', 'retail_managed') then 'individual'
            when g.segment_code like '%institution' then 'institution'
            when s.industry_code like 'K70%' then 'real_estate'
            when z.statistical_rank = 4 then 'micro'
            when z.statistical_rank in (2, 3) then 'sme'
            when lm.internal_rating in ('AAA', 'AA', 'A', 'BBB') then 'investment_grade'
            else 'company'
        end as exposure_class_code
    from loan_months as lm
    inner join months as m on lm.period_month = m.period_month
    inner join methods on lm.product_code = methods.product_code
    inner join spine as s on lm.customer_id = s.customer_id and lm.period_month = s.period_month
    inner join marts.fct_customer_segments as g on lm.customer_id = g.customer_id and lm.period_month = g.period_month
    left join sizes as z on lm.customer_id = z.customer_id and lm.period_month = z.period_month
    left join prices as p on p.currency = 'CNY'
        and case when method = 'repricing' and rate_type = 'floating' then cast(started + to_months(cast(reprice * (greatest(months_from(started, lm.period_month) - case when day(started) > 1 then 1 else 0 end, 0) // reprice) as integer)) as date) else started end = p.day
        and case when method = 'repricing' and rate_type = 'floating' then reprice else term end = p.tenor
),
weights as (
    select exposure_class_code, cast(arg_max(risk_weight, effective_from) * 10000 as hugeint) as weight
    from read_csv(getvariable('seeds') || '/rules/rule_risk_weights.csv', types = {'risk_weight': 'decimal(9,4)'}) group by all
),
odds as (
    select grade_kind, grade_code, cast(probability * 1000000 as hugeint) as pd
    from read_csv(getvariable('seeds') || '/rules/rule_default_probabilities.csv', types = {'probability': 'decimal(9,6)'})
),
losses as (
    select guarantee_type, cast(loss_rate * 10000 as hugeint) as lgd
    from read_csv(getvariable('seeds') || '/rules/rule_loss_rates.csv', types = {'loss_rate': 'decimal(9,4)'})
),
terms as (
    select c.*, w.weight, coalesce(case when grade in ('pass', 'special_mention') then o.pd end, og.pd) as pd, lgd
    from classed as c
    inner join weights as w on c.exposure_class_code = w.exposure_class_code
    left join odds as o on o.grade_kind = 'internal_rating' and c.internal_rating = o.grade_code
    left join odds as og on og.grade_kind = 'risk_grade' and c.grade = og.grade_code
    left join losses as l on coalesce(c.guarantee_type, 'credit') = l.guarantee_type
)
select *, amount(cd, month_days) as average_balance,
    amount(accruing * customer_rate, 100000000::hugeint * 360) as interest,
    amount(accruing * customer_rate - cd * ftp, 100000000::hugeint * 360) as transfer,
    amount(cd * weight * 105000 * 110000, 10000000000000000::hugeint * 365) as capital_cost,
    amount(cd * weight * 105000, 10000000000::hugeint * month_days) as capital,
    amount(cd * pd * lgd, 10000000000::hugeint * 365) as credit_cost
from terms;

create table marts.fct_instrument_profits as
select 'loan' as instrument_type, loan_id as instrument_id, customer_id, product_code, branch_id, ftp_method, exposure_class_code, period_month,
    day as pricing_date, cast(tenor as integer) as tenor_months, average_balance, rate_of(sign(cd) * accruing * customer_rate, nullif(abs(cd), 0)) as customer_rate, rate_of(ftp, 1) as ftp_rate,
    interest as interest_amount, cast(interest - transfer as decimal(18, 2)) as funding_amount, transfer as loan_transfer_amount,
    cast(null as decimal(18, 2)) as deposit_transfer_amount, cast(null as decimal(18, 2)) as net_fee_amount,
    capital_cost as capital_cost_amount, capital as economic_capital_amount, credit_cost as credit_cost_amount
from loan_terms
union all
select 'account', account_id, customer_id, product_code, branch_id, method, null, period_month, day, cast(tenor as integer), average_balance, rate_of(sign(cd) * cd * rate, nullif(abs(cd), 0)),
    rate_of(ftp, 1), interest, cast(interest + transfer as decimal(18, 2)), null, transfer, null, null, null, null
from deposit_terms
union all
select 'fee', transaction_id, f.customer_id, product_code, f.branch_id, null, null, s.period_month, null, null, null, null,
    null, null, null, null, null, cast(fee_amount__typed - coalesce(cost_amount__typed, 0) as decimal(18, 2)), null, null, null
from landing.fee_transactions as f
inner join spine as s on f.customer_id = s.customer_id and cast(date_trunc('month', transaction_date__typed) as date) = s.period_month
where transaction_date__typed <= getvariable('as_of');

create temp table instrument_sums as
select customer_id, period_month, sum(interest_amount) filter (instrument_type = 'loan') as interest, sum(loan_transfer_amount) as loan_transfer,
    sum(deposit_transfer_amount) as deposit_transfer, sum(capital_cost_amount) as capital_cost, sum(economic_capital_amount) as capital,
    sum(credit_cost_amount) as credit_cost
from marts.fct_instrument_profits where instrument_type <> 'fee' group by all;

create temp table allocations as
with visits as (
    select customer_id, cast(date_trunc('month', visit_date__typed) as date) as period_month, count(*) as n from landing.visits group by all
),
drivers as (
    select f.customer_id, f.period_month, f.branch_id, unnest(['account_maintenance', 'lending', 'deposit_taking', 'transactions', 'relationship']) as pool_code,
        unnest([cast(f.active_account_count as hugeint), greatest(cents(f.loan_average_balance), 0), greatest(cents(f.deposit_average_balance), 0), cast(coalesce(fees.n, 0) as hugeint), cast(coalesce(visits.n, 0) as hugeint)]) as weight
    from marts.fct_customer_months as f
    left join fees on f.customer_id = fees.customer_id and f.period_month = fees.period_month
    left join visits on f.customer_id = visits.customer_id and f.period_month = visits.period_month
),
weighed as (
    select d.customer_id, d.period_month, p.branch_id, d.pool_code, d.weight, cents(p.amount__typed) as pool
    from drivers as d inner join landing.cost_pools as p on d.period_month = p.period_month__typed and d.branch_id = p.branch_id and d.pool_code = p.pool_code
    where weight > 0
    union all
    select d.customer_id, d.period_month, p.branch_id, d.pool_code, d.weight, cents(p.amount__typed) as pool
    from drivers as d inner join landing.cost_pools as p on d.period_month = p.period_month__typed and p.branch_id = '*' and d.pool_code = p.pool_code
    where weight > 0
),
shared as (
    select *, sum(weight) over (partition by period_month, branch_id, pool_code) as total, divided(pool * weight, total) as near,
        near - cast(pool * weight < near * total as integer) as share, pool * weight - share * total as rest
    from weighed
),
ranked as (
    select *, row_number() over (partition by period_month, branch_id, pool_code order by rest desc, customer_id) as place,
        sum(share) over (partition by period_month, branch_id, pool_code) as given
    from shared
)
select customer_id, period_month, sum(share + case when place <= pool - given then 1 else 0 end) as cost_cents
from ranked group by all;

create table marts.fct_customer_profits as
with summed as (
    select
        f.customer_id, f.period_month,
        f.branch_id, coalesce(i.loan_transfer, 0) as loan_transfer_amount, coalesce(i.deposit_transfer, 0) as deposit_transfer_amount, f.net_fee_amount,
        coalesce(i.capital_cost, 0) as capital_cost_amount, coalesce(i.credit_cost, 0) as credit_cost_amount, coalesce(i.capital, 0) as economic_capital_amount,
        amount(cents(coalesce(i.interest, 0) + coalesce(fees.fee, 0)) * 6340000, 100000000) as tax_amount,
        amount(coalesce(a.cost_cents, 0), 1) + tax_amount as operating_cost_amount
    from marts.fct_customer_months as f
    left join instrument_sums as i on f.customer_id = i.customer_id and f.period_month = i.period_month
    left join allocations as a on f.customer_id = a.customer_id and f.period_month = a.period_month
    left join fees on f.customer_id = fees.customer_id and f.period_month = fees.period_month
),
totalled as (
    select *, loan_transfer_amount + deposit_transfer_amount + net_fee_amount as revenue,
        revenue - capital_cost_amount - operating_cost_amount - credit_cost_amount as profit
    from summed
),
windowed as (
    select *, sum(profit) over w as r12_profit, sum(revenue) over w as r12_revenue, sum(operating_cost_amount) over w as r12_cost,
        sum(credit_cost_amount) over w as r12_credit, sum(capital_cost_amount) over w as r12_capital_cost, sum(economic_capital_amount) over w as r12_capital, count(*) over w as n
    from totalled
    window w as (partition by customer_id order by period_month rows between 11 preceding and current row)
)
select customer_id, branch_id, period_month,
    cast(loan_transfer_amount as decimal(18, 2)) as loan_transfer_amount, cast(deposit_transfer_amount as decimal(18, 2)) as deposit_transfer_amount,
    net_fee_amount, cast(capital_cost_amount as decimal(18, 2)) as capital_cost_amount, cast(operating_cost_amount as decimal(18, 2)) as operating_cost_amount,
    cast(tax_amount as decimal(18, 2)) as tax_amount, cast(credit_cost_amount as decimal(18, 2)) as credit_cost_amount,
    cast(revenue as decimal(18, 2)) as revenue_amount, cast(profit as decimal(18, 2)) as profit_contribution_amount,
    cast(economic_capital_amount as decimal(18, 2)) as economic_capital_amount, cast(r12_profit as decimal(18, 2)) as profit_contribution_r12_amount,
    cast(r12_revenue as decimal(18, 2)) as revenue_r12_amount, cast(r12_capital_cost as decimal(18, 2)) as capital_cost_r12_amount,
    cast(r12_cost as decimal(18, 2)) as operating_cost_r12_amount, cast(r12_credit as decimal(18, 2)) as credit_cost_r12_amount,
    rate_of(cents(r12_revenue - r12_cost - r12_credit) * n * 100000000, nullif(cents(r12_capital), 0)) as raroc_r12_rate
from windowed;
