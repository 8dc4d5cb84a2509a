#!/bin/sh
# Deploys every stack of this directory, in order. Safe to run again: a stack that is as its
# template says is left alone. Stops at the first failure.
#
#   sh deploy.sh                               every stack
#   sh deploy.sh REGION [PARAMETER=VALUE...]   the stacks of one region, with these parameters
#   sh deploy.sh --plan ...                    only says what that would change, as AWS works it out
#
# A plan makes the change set of each stack, shows it and executes none. Change sets stay until a stack is next
# changed; a stack that is new stands empty in REVIEW_IN_PROGRESS, which a deployment takes as none. A plan fails if
# AWS refuses a change set, unless it has to: a stack cannot be planned before what it reads from another is there.
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

# refused REGION STACK TEMPLATE MESSAGE: what the CLI said of a stack that AWS refused, and what is behind it.
refused() {
    printf '%s\n' "$4" >&2
    case $4 in *'Failed to create the changeset'*) change_set_events "$1" "$2" >&2 ;; esac
    in_the_way "$1" "$3"
}

# choose [--plan] [REGION [PARAMETER=VALUE...]]: which stacks are deployed or planned, and with what.
choose() {
    PLAN=
    [ "${1:-}" != --plan ] || { PLAN=yes && shift; }
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

# awaited SOURCES MESSAGE: the stacks among these that have to be deployed first, if AWS refuses a change set because
# of what they do not yet give. AWS names the export, or the stack whose output is read.
awaited() {
    and=
    for source in $1; do
        case " $PENDING " in *" $source "*) ;; *) continue ;; esac
        case $2 in
            *'not authorized'*) ;;
            *'No export named'* | *GetStackOutput* | *"${source#*/}"*) printf '%s%s' "$and" "$source" && and=' and ' ;;
        esac
    done
}

# plan REGION STACK TEMPLATE SOURCES STATUS OPTION...: makes the change set that a deployment would, and shows it.
STACKS=0 CHANGED=0 WAITING=0 REFUSED=0 PENDING=
plan() {
    region=$1 stack=$2 template=$3 sources=$4 status=$5
    shift 5
    STACKS=$((STACKS + 1))
    if said=$(aws cloudformation deploy --no-execute-changeset "$@" 2>&1); then
        case $said in *'No changes to deploy'*) printf 'no changes\n' && return ;; esac
        show_changes "$region" "$stack" "$status" "$said"
        CHANGED=$((CHANGED + 1))
    else
        first=$(awaited "$sources" "$said")
        if [ -n "$first" ]; then
            printf 'cannot be planned before the deployment of %s, which it imports from\n(%s)\n' "$first" "${said##*Reason: }"
            WAITING=$((WAITING + 1))
        else
            refused "$region" "$stack" "$template" "$said"
            printf 'deploy.sh: stack %s in %s cannot be planned\n' "$stack" "$region" >&2
            REFUSED=$((REFUSED + 1))
        fi
    fi
    PENDING="$PENDING $region/$stack"
}

# show_changes REGION STACK STATUS MESSAGE: the change set that the CLI says it has made.
show_changes() {
    change_set=$(printf '%s\n' "$4" | sed -n 's/.*--change-set-name \(arn:[^ ]*\).*/\1/p')
    [ -n "$change_set" ] || fail "the AWS CLI does not name the change set of stack $2 in $1: $4"
    changes=$(aws cloudformation describe-change-set --region "$1" --stack-name "$2" --change-set-name "$change_set" \
        --query "Changes[].ResourceChange.[Action, ResourceType, Replacement || '-', PolicyAction || '-', LogicalResourceId]" \
        --output text) || fail "the change set of stack $2 in $1 cannot be read: $change_set"
    case $3 in '' | REVIEW_IN_PROGRESS) printf 'a new stack\n' ;; esac
    printf '%s\n' "$change_set"
    [ -n "$changes" ] || { printf 'no resource changes, only what the stack says of itself, such as its outputs\n' && return; }
    printf '%s\n' 'Action ResourceType Replacement PolicyAction LogicalResourceId' "$changes" \
        | while read -r action kind replacement policy name; do
            printf '%-8s%-30s%-13s%-18s%s\n' "$action" "$kind" "$replacement" "$policy" "$name"
        done
}

# finish: what has been done, at the end.
finish() {
    [ -n "$PLAN" ] || { printf 'all stacks%s are deployed\n' "${ONLY:+ of $ONLY}" && return; }
    printf '%s of %s stacks%s would change' "$CHANGED" "$STACKS" "${ONLY:+ of $ONLY}"
    [ "$WAITING" -eq 0 ] || printf ', %s cannot be planned yet' "$WAITING"
    [ "$REFUSED" -eq 0 ] || printf ', %s refused' "$REFUSED"
    printf '; nothing was changed\n'
    [ "$REFUSED" -eq 0 ] || exit 1
}

# deploy REGION STACK TEMPLATE BYTES SOURCES [OPTION...]: creates or updates one stack, which reads from those of
# SOURCES; in a plan, says only what that would change.
deploy() {
    region=$1 stack=$2 template=$3 bytes=$4 sources=$5
    [ "${ONLY:-$region}" = "$region" ] || return 0
    shift 5
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
    set -- --region "$region" --stack-name "$stack" --template-file "$template" --no-fail-on-empty-changeset "$@"
    if [ -n "$PLAN" ]; then
        plan "$region" "$stack" "$template" "$sources" "$status" "$@"
        return
    fi
    { said=$(aws cloudformation deploy "$@" 2>&1 >&3); } 3>&1 || {
        refused "$region" "$stack" "$template" "$said"
        fail "stack $stack in $region was not deployed; the stacks after it were left alone"
    }
    [ -z "$said" ] || printf '%s\n' "$said" >&2
}

FILES=5
REGIONS='ap-northeast-1 ap-northeast-3'
PARAMETERS='ap-northeast-3:PrimaryKeyArnOfRestoreInRegionReplicaKmsOfApNortheast1'

choose "$@"
verify
command -v aws >/dev/null 2>&1 || fail "the AWS CLI is not there: install it, so that 'aws' can be run"

deploy ap-northeast-1 restore-in-region-primary-kms ap-northeast-1/restore-in-region-primary-kms.yml 2559 ''

deploy ap-northeast-3 restore-in-region-replica-kms ap-northeast-3/restore-in-region-replica-kms.yml 3503 'ap-northeast-1/restore-in-region-primary-kms' --parameter-overrides "PrimaryKeyArnOfRestoreInRegionReplicaKmsOfApNortheast1=$(given PrimaryKeyArnOfRestoreInRegionReplicaKmsOfApNortheast1)"

deploy ap-northeast-3 restore-in-region-destination-backup ap-northeast-3/restore-in-region-destination-backup.yml 1185 'ap-northeast-3/restore-in-region-replica-kms'

deploy ap-northeast-1 restore-in-region-source-backup ap-northeast-1/restore-in-region-source-backup.yml 12429 'ap-northeast-1/restore-in-region-primary-kms' --capabilities CAPABILITY_NAMED_IAM

finish
