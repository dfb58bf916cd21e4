#!/bin/bash
# A Slurm cluster of three nodes within one machine, for tests (README.md).
set -euo pipefail
# Daemons are where an ordinary PATH does not look.
PATH=$PATH:/usr/sbin:/sbin

usage() {
    cat <<'USAGE'
usage: cluster.sh VERB DIR [...]     as root; needs munge slurmctld slurmd slurm-client util-linux python3

  possible             whether such a cluster can be had here
  run DIR              starts it and stays; whatever ends this process ends every process of the cluster
  in DIR COMMAND ...   runs a command within, where sbatch and its kin find the cluster
  lose-node DIR NODE   a node without power: all its processes are gone at once
  lose-daemon DIR NODE a node that answers no more, while its jobs go on

DIR belongs to the cluster: configuration, state, logs. DIR/ready is there once all nodes are idle.
USAGE
}

self=$(realpath "$0")
verb=${1:-}
dir=${2:-}
home=/etc/slurm

# Names, ports, processes and /etc/slurm of its own, gone with the last process.
enclose() {
    echo "$BASHPID" >"$dir/pid"
    exec unshare --mount --pid --fork --net --uts --kill-child --mount-proc "$self" start "$dir"
}

# The loopback comes down, and names are looked up only where there is an address other than 127.0.0.1: it gets a second.
loopback_up() {
    python3 -c 'import fcntl, socket, struct
door = socket.socket()
SIOCSIFFLAGS, SIOCSIFADDR, UP_AND_RUNNING = 0x8914, 0x8916, 0x41
fcntl.ioctl(door, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", UP_AND_RUNNING))
fcntl.ioctl(door, SIOCSIFADDR, struct.pack("16sHH4s16x", b"lo:1", socket.AF_INET, 0, socket.inet_aton("10.0.0.1")))'
}

start() {
    hostname head
    loopback_up
    mount --bind "$dir" "$home"
    cd "$home"
    echo "127.0.0.1 localhost head" >hosts
    mount --bind hosts /etc/hosts
    mkdir -p state
    head -c 1024 /dev/urandom >munge.key
    chmod 0400 munge.key
    munged --key-file="$home/munge.key" --socket="$home/munge.socket" --pid-file="$home/munged.pid" \
        --log-file="$home/munged.log" --seed-file="$home/munged.seed" --num-threads=2
    slurmctld
    for node in n1 n2 n3; do
        mkdir -p "spool.$node"
        "$self" node "$dir" "$node" &
    done
    until [ "$(sinfo -h -N -p batch -t idle -o %N 2>/dev/null | wc -l)" = 3 ]; do sleep 0.1; done
    touch ready
    # As the first process of its world it is the parent of all that lost theirs.
    while :; do wait || true; sleep 1; done
}

# A node has processes of its own too, so that it can be lost whole.
node() {
    echo "$BASHPID" >"$home/node.$3"
    exec unshare --mount --pid --fork --kill-child --mount-proc bash -c \
        'slurmd -D -N "$1" 2>/dev/null & while :; do wait || true; sleep 1; done' node "$3"
}

inside() {
    local pid
    pid=$(cat "$dir/pid")
    shift 2
    exec nsenter --mount="/proc/$pid/ns/mnt" --pid="/proc/$pid/ns/pid_for_children" --net="/proc/$pid/ns/net" \
        --uts="/proc/$pid/ns/uts" --wd="$PWD" -- "$@"
}

case "$verb" in
possible)
    [ "$(id -u)" = 0 ] || { echo "not root" >&2; exit 1; }
    for program in munged slurmctld slurmd sbatch nsenter python3; do
        command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 1; }
    done
    [ -d "$home" ] || { echo "$home is not there" >&2; exit 1; }
    unshare --mount --pid --fork --net --uts --kill-child --mount-proc true
    ;;
run)
    mkdir -p "$dir"
    dir=$(realpath "$dir")
    cp "$(dirname "$self")/slurm.conf" "$dir/"
    enclose
    ;;
start) start ;;
node) node "$@" ;;
in) inside "$@" ;;
lose-node) inside "$verb" "$dir" sh -c 'kill -9 "$(cat "/etc/slurm/node.$1")"' lose "$3" ;;
lose-daemon)
    # Its number is one of the node's own world.
    inside "$verb" "$dir" sh -c 'world=/proc/$(cat "/etc/slurm/node.$1")/ns
        exec nsenter --mount="$world/mnt" --pid="$world/pid_for_children" kill -9 "$(cat "/etc/slurm/slurmd.$1.pid")"' lose "$3"
    ;;
*)
    usage >&2
    exit 64
    ;;
esac
