-- the bug it looks for: a code that the contract accepts and that no reader can be shown in English and Chinese, or a named
-- code that the contract refuses
with

contract as (
    select
        codes.code_set,
        codes.code
    from (values {{ contract_codes() }}) as codes (code_set, code)
),

named as (
    select
        code_set,
        code
    from {{ ref('ref_codes') }}
    where
        code_set in (select contract.code_set from contract)
        and name_en is not null
        and name_zh is not null
)

select
    coalesce(contract.code_set, named.code_set) as code_set,
    coalesce(contract.code, named.code) as code
from contract
full outer join named
    on
        contract.code_set = named.code_set
        and contract.code = named.code
where contract.code is null or named.code is null
