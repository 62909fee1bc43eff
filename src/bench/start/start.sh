#!/bin/sh
# Measures how long processes take to be ready, with which CPU time and memory: each role, on each JVM, in turns.
# Needs Linux, curl, and the packaged application (./mvnw package -DskipTests).
#
#   src/bench/start/start.sh [runs] [home of a JDK 25]
#
# Prints a table: the median of the runs.
set -eu
runs=${1:-5}
newer=${2:-}
jar=$PWD/target/quarkus-app/quarkus-run.jar
work=$(mktemp -d)
trap 'for p in $(cat "$work"/*.pid 2>/dev/null); do kill "$p" 2>/dev/null || true; done; sleep 1; rm -rf "$work"' EXIT

export SLUICE_SIMULATOR_LATENCY=0ms SLUICE_DATA_DIR="$work/data" QUARKUS_HTTP_PORT=0 SLUICE_SIMULATOR_PORT=0

# start NAME ROLE JAVA OPTIONS...: starts a process, waits until it says that it is ready, and appends its figures to NAME.
start() {
    name=$1 role=$2 java=$3
    shift 3
    begin=$(date +%s%N)
    SLUICE_ROLE=$role "$java" "$@" -jar "$jar" >"$work/out" 2>&1 &
    pid=$!
    echo $pid >"$work/measured.pid"
    until grep -q "Sluice is ready" "$work/out"; do
        kill -0 $pid 2>/dev/null || { cat "$work/out"; exit 1; }
        sleep 0.02
    done
    end=$(date +%s%N)
    ticks=$(awk '{print $14 + $15}' "/proc/$pid/stat")
    memory=$(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status")
    echo "$(((end - begin) / 1000000)) $((ticks * 1000 / $(getconf CLK_TCK))) $memory" >>"$work/$name"
    kill $pid
    wait $pid 2>/dev/null || true
}

median() {
    sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'
}

report() {
    echo "| $1 | $2 | $(cut -d' ' -f1 "$work/$3" | median) | $(cut -d' ' -f2 "$work/$3" | median) | $(cut -d' ' -f3 "$work/$3" | median) |"
}

# The services that api and worker use, and the tables.
SLUICE_ROLE=all java -jar "$jar" >"$work/services" 2>&1 &
echo $! >"$work/services.pid"
until grep -q "Sluice is ready" "$work/services"; do sleep 0.2; done

for role in api worker; do
    start unused "$role" java -XX:ArchiveClassesAtExit="$work/$role.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off
    if [ -n "$newer" ]; then
        start unused "$role" "$newer/bin/java" -XX:AOTCacheOutput="$work/$role.aot" -Xlog:aot=off -Xlog:cds=off
    fi
done
run=1
while [ "$run" -le "$runs" ]; do
    for role in api worker; do
        start "$role-17" "$role" java
        start "$role-17-cds" "$role" java -XX:SharedArchiveFile="$work/$role.jsa" -Xlog:cds=off
        if [ -n "$newer" ]; then
            start "$role-25" "$role" "$newer/bin/java"
            start "$role-25-aot" "$role" "$newer/bin/java" -XX:AOTCache="$work/$role.aot" -Xlog:aot=off
        fi
    done
    run=$((run + 1))
done
kill "$(cat "$work/services.pid")"
wait "$(cat "$work/services.pid")" 2>/dev/null || true
run=0
while [ "$run" -le "$runs" ]; do
    series=all; [ "$run" -eq 0 ] && series=unused
    start "$series-17" all java
    [ -z "$newer" ] || start "$series-25" all "$newer/bin/java"
    run=$((run + 1))
done

echo "| role | JVM | until ready, ms | CPU until then, ms | resident then, MiB |"
echo "| --- | --- | --- | --- | --- |"
for role in api worker; do
    report $role "17" $role-17
    report $role "17, class archive" $role-17-cds
    if [ -n "$newer" ]; then
        report $role "25" $role-25
        report $role "25, AOT cache" $role-25-aot
    fi
done
report all "17" all-17
[ -z "$newer" ] || report all "25" all-25
