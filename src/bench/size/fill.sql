-- Fills an empty, migrated database with orders and their history, in minutes:
--
--     PGOPTIONS='-c fill.orders=10000000' psql -v ON_ERROR_STOP=1 -f src/bench/size/fill.sql "$DATABASE_URL"
--
-- The shop: 400 days, seven channels of very different size, 25,000 SKUs (the commonest in some per cent of all
-- orders), 95 % HANDLED, 4 % CANCELLED, 0.05 % FAILED at any time; among the newest one per cent every second order is
-- RECEIVED, and some are DELAYED. Needs a superuser, who may turn triggers off. fill.events is how many events an order
-- has at most (default 7, as a handled order has them).

set synchronous_commit = off;
set session_replication_role = replica;
set maintenance_work_mem = '1GB';
set max_parallel_maintenance_workers = 2;
select setseed(0.5);

-- Indexes are made at the end: row by row they would take hours.
create temp table dropped_index as
select c.oid::regclass::text as name, pg_get_indexdef(c.oid) as definition
from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indrelid in ('orders'::regclass, 'order_state'::regclass, 'order_search'::regclass,
                     'event_log'::regclass) and not i.indisprimary;
do $$
declare name text;
begin
    for name in select d.name from dropped_index d loop
        execute 'drop index ' || name;
    end loop;
end $$;

create temp table word as
select array(select unnest(string_to_array('Anna Ben Clara David Emma Felix Greta Hannes Ida Jakob Katharina Lukas Maria '
        'Noah Olivia Paul Quentin Rosa Samuel Theresa Ulrich Vera Walter Xenia Yannick Zoe James Mary Robert Patricia John '
        'Jennifer Michael Linda William Elizabeth Richard Barbara Joseph Susan Thomas Jessica Charles Sarah Daniel Karen '
        'Matthew Nancy Anthony Lisa Mark Betty Donald Margaret Steven Sandra Andrew Ashley Kenneth Kimberly George Emily '
        'Joshua Donna Kevin Michelle Brian Carol Edward Amanda Ronald Dorothy Timothy Melissa Jason Deborah Jeffrey '
        'Stephanie Ryan Rebecca Jacob Sharon Gary Laura Nicholas Cynthia Eric Kathleen Jonathan Amy Stephen Angela Larry '
        'Shirley Justin Brenda Scott Pamela Brandon Émile Zoë François Jürgen Günther Renée Björn Søren Łukasz José '
        'María Iñaki Андрей Ольга Ελένη Νίκος 太郎 花子 娜 伟 민준 서연', ' '))) as first_names,
       array(select unnest(string_to_array('Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer '
        'Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt '
        'Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters '
        'Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz '
        'Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto '
        'Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch '
        'Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Smith Johnson Williams Brown Jones Garcia Miller Davis '
        'Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Taylor Moore Jackson Lee Perez Thompson White Harris '
        'Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams '
        'Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts O''Neill O''Brien Dubois Durand Lefèvre Moreau Rossi '
        'Russo Ferrari Nowak Kowalski Wójcik Hansen Johansen Olsen Nielsen Jensen Sørensen Иванов Петров Παπαδόπουλος '
        '山田 佐藤 李 王 김 박 Yılmaz Kaya Özdemir', ' '))) as last_names,
       array['Enamel mug', 'Green tea', 'Cast-iron teapot', 'Coffee beans', 'Hand grinder', 'Paper filters', 'Notebook',
             'Fountain pen', 'Bottled ink', 'Soy candle', 'Tea towels', 'Cutting board', 'Knife', 'Socks'] as titles,
       array['MUG', 'TEA', 'POT', 'COF', 'GRD', 'FLT', 'NTB', 'PEN', 'INK', 'CND', 'TWL', 'BRD', 'KNF', 'SOX'] as kinds,
       array['BL', 'WH', 'GR', 'RD', 'XL', 'SM', '100', '250'] as variants,
       array['gmail.com', 'gmail.com', 'gmx.de', 'web.de', 'outlook.com', 'icloud.com', 'orange.fr', 'example.org'] as hosts,
       array['DE', 'DE', 'DE', 'FR', 'NL', 'ES', 'GB', 'US', 'CH', 'SE', 'PL', 'AT'] as countries,
       array['Berlin', 'Hamburg', 'München', 'Paris', 'Amsterdam', 'Madrid', 'London', 'Boston', 'Zürich', 'Malmö',
             'Kraków', 'Wien'] as cities;

-- What SearchText makes of a text.
create function pg_temp.plain(text) returns text language sql immutable as $$
    select replace(lower(translate(regexp_replace(normalize($1, nfkd), '[\u0300-\u036f]', '', 'g'),
                                   'ßøØłŁıς', 'soOlLiσ')), '-', '')
$$;
create temp table person as
select row_number() over () - 1 as number, f || ' ' || l as name, translate(pg_temp.plain(f || ' ' || l), '''', '') as plain_name,
       translate(pg_temp.plain(f || '.' || l), ' ''', '') as mailbox
from word, unnest(first_names) f, unnest(last_names) l;
update person set mailbox = 'customer' || number where mailbox !~ '^[ -~]*$';
create unique index on person (number);
create temp table sku as
select n as number, kinds[1 + n % 14] || '-' || lpad(n::text, 5, '0') || '-' || variants[1 + n % 8] as sku,
       titles[1 + n % 14] as title, 3 + n % 90 as price
from word, generate_series(0, 24999) n;
create unique index on sku (number);
analyze person, sku;

-- Orders repeat after so many, but for their numbers and times.
create temp table template as
select row_number() over () - 1 as number, o.channel, o.delay, p.name, p.plain_name, email, countries[place] as country,
       a.price + coalesce(b.price, 0) + 0.90 as total, 1 + (b.sku is not null)::int as item_count,
       json_build_object('email', email, 'shipTo', json_build_object('name', p.name, 'street', 'Hauptstraße ' || place,
           'city', cities[place], 'postalCode', '10115', 'country', countries[place]),
           'lines', json_build_array(json_build_object('sku', a.sku, 'title', a.title, 'quantity', 1,
                'unitPrice', a.price || '.90'))::jsonb || case when b.sku is null then '[]'::jsonb else
            jsonb_build_array(jsonb_build_object('sku', b.sku, 'title', b.title, 'quantity', 1,
                'unitPrice', b.price || '.00')) end)::text as content,
       concat_ws(' ', p.plain_name, replace(email, '.', ''), replace(lower(a.sku), '-', ''),
                 replace(lower(b.sku), '-', '')) as text
from (select x.*, mailbox || floor(1000 * r) || '@' || hosts[host] as email
      from (select n, r, case when r < 0.45 then 'amazon' when r < 0.70 then 'webshop' when r < 0.85 then 'ebay'
                              when r < 0.95 then 'etsy' when r < 0.99 then 'kaufland' when r < 0.999 then 'otto'
                              else 'faire' end as channel,
                   case when random() < 0.99 then power(random(), 3) * interval '2 hours'
                        else random() * interval '5 days' end as delay,
                   floor((select count(*) from person) * power(random(), 1.5))::int as person_number,
                   floor(25000 * power(random(), 3))::int as sku_a,
                   case when random() < 0.4 then floor(25000 * power(random(), 3))::int end as sku_b,
                   1 + floor(8 * random())::int as host, 1 + floor(12 * random())::int as place
            from (select n, random() as r
                  from generate_series(1, least(200000, current_setting('fill.orders')::int)) n) z) x
           cross join word join person on person.number = person_number) o
     cross join word join person p on p.number = o.person_number
     join sku a on a.number = sku_a left join sku b on b.number = sku_b;
create unique index on template (number);
analyze template;

do $$
declare
    how_many     double precision := current_setting('fill.orders');
    templates    bigint := (select count(*) from template);
    per_run      constant integer := 250000;
    segment_size constant integer := 131072; -- as SearchIndexer has it
begin
    for first_one in 1 .. how_many::int by per_run loop
        with made as materialized (
            select n, uuidv7(received_at - now()) as id, received_at - delay as placed_at, received_at,
                   case channel when 'amazon' then lpad((n % 1000)::text, 3, '0') || '-'
                                     || lpad((n::bigint * 7919 % 10000000)::text, 7, '0') || '-' || lpad(n::text, 8, '0')
                                when 'ebay' then lpad((n % 100)::text, 2, '0') || '-' || lpad(n::text, 9, '0') || '-'
                                     || lpad((n::bigint * 31 % 100000)::text, 5, '0')
                                when 'webshop' then '#' || 100000 + n
                                else channel || '-' || n end as external_id,
                   channel, name, country, total, item_count, content, text
            from (select n, now() - (how_many - n) / how_many * interval '400 days' as received_at, t.*
                  from generate_series(first_one, least(how_many::int, first_one + per_run - 1)) n
                       join template t on t.number = n::bigint * 7 % templates) m
            order by n
        ), content as (
            insert into orders (id, channel, external_id, handling, placed_at, received_at, customer_name, country,
                                currency, total, item_count, content, content_hash)
            select id, channel, external_id, 'manual', placed_at, received_at, name, country, 'EUR', total, item_count,
                   content, decode(md5(n::text), 'hex') from made
        )
        insert into order_search (order_id, placed_at, channel, country, segment, text)
        select id, placed_at, channel, country, n / segment_size, lower(translate(external_id, '-#', '')) || ' ' || text
        from made;
        commit;
        raise notice '% orders', least(how_many, first_one + per_run - 1);
    end loop;
end $$;

delete from search_segment;
insert into search_segment select segment, count(*), min(placed_at), max(placed_at) from order_search group by segment;

-- The newest one per cent are still open.
insert into order_state (order_id, channel, placed_at, status, step, tracking_number, carrier, shipped_by, reason_code,
                         reason_detail, attempts, version, updated_at, due_at)
select id, channel, placed_at, status, case status when 'RECEIVED' then 'print-packing-slip'
           when 'FAILED' then 'create-shipment' when 'DELAYED' then 'create-shipment' end,
       case when status = 'HANDLED' then case chance % 3 when 0 then '1Z' || upper(substr(md5(id::text), 1, 16))
           when 1 then 'JJD000' || lpad((chance * 37)::text, 14, '0') else '00340434' || lpad((chance * 41)::text, 12, '0') end
       end, case when status = 'HANDLED' then 'Simulated Parcel' end, case when status = 'HANDLED' then 'carrier' end,
       case status when 'FAILED' then 'REFUSED' when 'DELAYED' then 'TIMEOUT' end,
       case status when 'FAILED' then 'The address is not known.' when 'DELAYED' then 'No answer.' end,
       case status when 'DELAYED' then 2 else 0 end, case status when 'RECEIVED' then 1 when 'HANDLED' then 7 else 4 end,
       received_at + interval '1 hour', case status when 'DELAYED' then now() + interval '1 year' end
from (select o.*, case when received_at > now() - interval '4 days' and chance % 2 = 0 then 'RECEIVED'
                       when received_at > now() - interval '4 days' and chance % 1000 = 1 then 'DELAYED'
                       when chance % 2000 = 7 then 'FAILED' when chance % 25 = 3 then 'CANCELLED' else 'HANDLED' end as status
      from (select id, channel, placed_at, received_at, uuid_hash_extended(id, 7) & 2147483647 as chance from orders) o) s;

insert into event_log (kind, order_id, channel, version, status, step, attempt, outcome, actor, started_at, at)
select 'order', order_id, channel, v,
       case when v = version then s.status when v = 1 then 'RECEIVED' when v = 2 then 'QUEUED' else 'HANDLING' end,
       case when v > 3 then (array['print-packing-slip', 'create-shipment', 'send-tracking', 'mark-shipped'])[v - 3] end,
       case when v > 3 then 1 end, case when v > 3 then 'SUCCEEDED' end, 'worker-1',
       case when v > 3 then updated_at end, updated_at
from order_state s, generate_series(1, least(version, coalesce(nullif(current_setting('fill.events', true), ''), '7')::int)) v;

do $$
declare definition text;
begin
    for definition in select d.definition from dropped_index d loop
        raise notice '%', definition;
        execute definition;
        commit;
    end loop;
end $$;
vacuum analyze;
