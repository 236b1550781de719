-- the bug it looks for: a score whose weights do not sum to 1, that weighs what its subjects do not have, or whose bands and
-- weights name different components; its points would mean nothing, and no row would show it
with

weights as (
    select * from {{ ref('rule_score_weights') }}
),

bands as (
    select * from {{ ref('rule_score_bands') }}
),

scores as (
    select * from {{ ref('ref_scores') }}
),

components as (
    select * from {{ ref('ref_score_components') }}
),

first_period as (
    select min(period_end_date) as period_end_date
    from {{ ref('int_months') }}
),

known as (
    select
        scores.score_code,
        components.component_code,
        components.unit
    from scores
    inner join components
        on scores.subject_type = components.subject_type
),

-- a set of bands is taken whole, so each must hold every component that any weights of its score need
band_sets as (
    select
        score_code,
        effective_from
    from bands
    group by score_code, effective_from
),

banded as (
    select
        score_code,
        component_code,
        effective_from
    from bands
    group by score_code, component_code, effective_from
),

needed as (
    select
        weights.score_code,
        weights.component_code
    from weights
    inner join known
        on
            weights.score_code = known.score_code
            and weights.component_code = known.component_code
    where known.unit <> 'points'
    group by weights.score_code, weights.component_code
)

select
    'the weights of ' || score_code || ' from ' || cast(effective_from as varchar) || ' sum to ' || cast(sum(weight) as varchar)
    || ' and not to 1' as message
from weights
group by score_code, effective_from
having sum(weight) <> 1
union all
select
    'rule_score_weights weighs ' || weights.component_code || ' in ' || weights.score_code
    || ', which is no component of its subjects in ref_score_components' as message
from weights
left join known
    on
        weights.score_code = known.score_code
        and weights.component_code = known.component_code
where known.component_code is null
union all
select
    'rule_score_bands of ' || needed.score_code || coalesce(' from ' || cast(band_sets.effective_from as varchar), '')
    || ' have no band for ' || needed.component_code || ', which is not given in points' as message
from needed
left join band_sets
    on needed.score_code = band_sets.score_code
left join banded
    on
        needed.score_code = banded.score_code
        and needed.component_code = banded.component_code
        and band_sets.effective_from = banded.effective_from
where banded.component_code is null
union all
select
    'rule_score_bands of ' || band_sets.score_code || ' begin after the first month, on ' || cast(min(band_sets.effective_from) as varchar)
        as message
from band_sets
cross join first_period
group by band_sets.score_code, first_period.period_end_date
having min(band_sets.effective_from) > first_period.period_end_date
union all
select
    'rule_score_bands bands ' || banded.component_code || ' of ' || banded.score_code
    || ', which rule_score_weights does not weigh or which is given in points' as message
from banded
left join weights
    on
        banded.score_code = weights.score_code
        and banded.component_code = weights.component_code
left join known
    on
        banded.score_code = known.score_code
        and banded.component_code = known.component_code
where weights.component_code is null or known.unit = 'points'
union all
select 'rule_score_weights has no row for score ' || scores.score_code || ' in force in the first month' as message
from scores
cross join first_period
left join weights
    on
        scores.score_code = weights.score_code
        and first_period.period_end_date >= weights.effective_from
where weights.score_code is null and first_period.period_end_date is not null
group by scores.score_code
