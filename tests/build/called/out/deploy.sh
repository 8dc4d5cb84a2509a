#!/bin/sh
# Deploys every stack of this directory, in order. Safe to run again: a stack that is as its
# template says is left alone. Stops at the first failure.
#
#   sh deploy.sh                               every stack
#   sh deploy.sh REGION [PARAMETER=VALUE...]   the stacks of one region, with these parameters
#
# Nothing has to be passed. Where the region of a primary key does not answer, its ARN cannot be read from
# there, and the stacks of another region take it as a parameter; the templates have its name.
#
# Credentials come from the environment, as for any AWS CLI command.
# DRC_TEMPLATE_BUCKET names an S3 bucket for templates over 51,200 bytes, which CloudFormation does
# not take inline. The bucket must be in the region of the stack; a name of the form
# `my-templates-{region}` is filled in with the region.
set -eu

# CDPATH would send a relative path elsewhere.
CDPATH='' cd -- "$(dirname -- "$0")"

fail() {
    printf 'deploy.sh: %s\n' "$*" >&2
    exit 1
}

# Compares every file with the checksum that the build wrote, before AWS is touched.
verify() {
    [ -f manifest.json ] || fail "manifest.json is missing; build again with drc"
    sums=$(sed -n 's/^    "\([^"]*\)": "\([0-9a-f]\{64\}\)",\{0,1\}$/\2  \1/p' manifest.json)
    count=$(printf '%s\n' "$sums" | grep -c . || true)
    [ "$count" -eq "$FILES" ] || fail "manifest.json lists $count files, this script belongs to a build of $FILES; build again with drc"
    if command -v sha256sum >/dev/null 2>&1; then
        checked=$(printf '%s\n' "$sums" | sha256sum -c - 2>&1) || checked_failed "$checked"
    elif command -v shasum >/dev/null 2>&1; then
        checked=$(printf '%s\n' "$sums" | shasum -a 256 -c - 2>&1) || checked_failed "$checked"
    else
        fail "neither sha256sum nor shasum is there to check the files with"
    fi
}

checked_failed() {
    printf '%s\n' "$1" | grep -v ': OK$' >&2 || true
    fail "these files are not those of one build; build again with drc"
}

# check_account REGION ID: the credentials must be those of the account that the spec names.
check_account() {
    account=$(aws sts get-caller-identity --region "$1" --query Account --output text) || fail "not logged in to AWS"
    [ "$account" = "$2" ] || fail "logged in to account $account, but the spec names account $2"
}

# given PARAMETER: its value as it was given; empty where it was not, so that CloudFormation keeps none of before.
given() {
    for pair in $GIVEN; do
        case $pair in "$1="*) printf '%s\n' "${pair#*=}" ;; esac
    done
}

# change_set_events REGION STACK: why the newest change set of a stack failed. That may be before the stack has
# events, but it has some of its own, which are found by its whole ARN alone.
change_set_events() {
    change_set=$(aws cloudformation list-change-sets --region "$1" --stack-name "$2" \
        --query 'sort_by(Summaries, &CreationTime)[-1].ChangeSetId' --output json | tr -d '"')
    case $change_set in arn:*) ;; *) return 0 ;; esac
    printf 'why, as the events of the change set say (aws cloudformation describe-events --region %s --change-set-name %s):\n' \
        "$1" "$change_set"
    aws cloudformation describe-events --region "$1" --change-set-name "$change_set" --filters FailedEvents=true \
        --query 'OperationEvents[].[LogicalResourceId, ValidationName, ValidationStatusReason || HookStatusReason || ResourceStatusReason, ValidationPath]' \
        --output text || true
}

# not_deployed REGION STACK TEMPLATE MESSAGE: what the CLI said of a stack that it did not deploy, and what is behind it.
not_deployed() {
    printf '%s\n' "$4" >&2
    case $4 in *'Failed to create the changeset'*) change_set_events "$1" "$2" >&2 ;; esac
    in_the_way "$1" "$3"
    fail "stack $2 in $1 was not deployed; the stacks after it were left alone"
}

# choose [REGION [PARAMETER=VALUE...]]: which stacks are deployed, and with what.
choose() {
    ONLY=${1:-} GIVEN=
    [ $# -gt 0 ] || return 0
    case " $REGIONS " in *" $ONLY "*) ;; *) fail "no stack is in a region '$ONLY'; the regions are: $REGIONS" ;; esac
    shift
    for pair in "$@"; do
        case $pair in
            *[!A-Za-z0-9:/=_-]*) fail "'$pair' is not PARAMETER=ARN" ;;
            *=?*) ;;
            *) fail "'$pair' is not PARAMETER=ARN" ;;
        esac
        case " $PARAMETERS " in
            *" $ONLY:${pair%%=*} "*) ;;
            *) fail "no stack in $ONLY takes a parameter '${pair%%=*}'; these do (region:parameter): $PARAMETERS" ;;
        esac
        GIVEN="$GIVEN $pair"
    done
}

# in_the_way REGION TEMPLATE: what may stand in the way of what a stack makes, and what to do.
in_the_way() {
    printf 'deploy.sh: keys, aliases, vaults and roles are kept when their stack is deleted; if one exists already, import it: docs/retained-resources.md of drc\n' >&2
    if grep -q 'AWS::KMS::ReplicaKey' "$2"; then
        printf 'deploy.sh: a replica key that a failed creation made is pending deletion and stands in the way of the next: aws kms cancel-key-deletion --region %s --key-id (id of its primary key), then import it\n' "$1" >&2
    fi
}

# deploy REGION STACK TEMPLATE BYTES [OPTION...]: creates or updates one stack.
deploy() {
    region=$1 stack=$2 template=$3 bytes=$4
    [ "${ONLY:-$region}" = "$region" ] || return 0
    shift 4
    printf '== %s in %s\n' "$stack" "$region"
    if [ "$bytes" -gt 51200 ]; then
        [ -n "${DRC_TEMPLATE_BUCKET:-}" ] \
            || fail "stack $stack in $region: its template has $bytes bytes, over 51200; set DRC_TEMPLATE_BUCKET to an S3 bucket"
        bucket=$(printf '%s\n' "$DRC_TEMPLATE_BUCKET" | sed "s/{region}/$region/")
        set -- --s3-bucket "$bucket" "$@"
    fi
    status=$(aws cloudformation describe-stacks --region "$region" --stack-name "$stack" \
        --query 'Stacks[0].StackStatus' --output text 2>/dev/null || true)
    [ "$status" != ROLLBACK_COMPLETE ] || {
        in_the_way "$region" "$template"
        fail "stack $stack in $region failed when it was first made; see why with 'aws cloudformation describe-stack-events --region $region --stack-name $stack', then 'aws cloudformation delete-stack --region $region --stack-name $stack' and run this again"
    }
    { said=$(aws cloudformation deploy --region "$region" --stack-name "$stack" --template-file "$template" \
        --no-fail-on-empty-changeset "$@" 2>&1 >&3); } 3>&1 || not_deployed "$region" "$stack" "$template" "$said"
    [ -z "$said" ] || printf '%s\n' "$said" >&2
}

FILES=7
REGIONS='ap-northeast-1 ap-northeast-3'
PARAMETERS='ap-northeast-3:PrimaryKeyArnOfShopReplicaKmsOfApNortheast1'

choose "$@"
verify
command -v aws >/dev/null 2>&1 || fail "the AWS CLI is not there: install it, so that 'aws' can be run"

deploy ap-northeast-1 shop-primary-kms ap-northeast-1/shop-primary-kms.yml 2475

deploy ap-northeast-3 shop-replica-kms ap-northeast-3/shop-replica-kms.yml 3323 --parameter-overrides "PrimaryKeyArnOfShopReplicaKmsOfApNortheast1=$(given PrimaryKeyArnOfShopReplicaKmsOfApNortheast1)"

deploy ap-northeast-3 shop-destination-backup ap-northeast-3/shop-destination-backup.yml 1175

deploy ap-northeast-1 shop-source-backup ap-northeast-1/shop-source-backup.yml 1151

deploy ap-northeast-1 shop-ledger-backup ap-northeast-1/shop-ledger-backup.yml 11756 --capabilities CAPABILITY_NAMED_IAM

deploy ap-northeast-1 shop-people-v2-f01e0024-backup ap-northeast-1/shop-people-v2-f01e0024-backup.yml 14961 --capabilities CAPABILITY_NAMED_IAM

printf 'all stacks%s are deployed\n' "${ONLY:+ of $ONLY}"
