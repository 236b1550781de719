{#-
    HMAC-SHA256 of a personal number in hexadecimal, NULL for NULL. The key reaches the engine outside the SQL
    (`bankmart.privacy`), so that no compiled file shows it.
-#}
{% macro keyed_hash(text) -%}
    {{ return(adapter.dispatch('keyed_hash')(text)) }}
{%- endmacro %}

{% macro duckdb__keyed_hash(text) -%}
    sha256(getvariable('pii_outer_key') || unhex(sha256(getvariable('pii_inner_key') || encode({{ text }}))))
{%- endmacro %}

{% macro postgres__keyed_hash(text) -%}
    encode(hmac({{ text }}, current_setting('bankmart.pii_key'), 'sha256'), 'hex')
{%- endmacro %}
