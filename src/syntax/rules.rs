//! Rules about the text itself: characters, words, operands and their order.

use crate::rule::rule;

rule! {
    /// A file has nothing to back up.
    ///
    /// ## Why
    ///
    /// A file is one system. Without a `backup` item nothing would be made from it, and an empty
    /// directory looks like a finished one.
    ///
    /// ## Example
    ///
    /// ```drspec,E0001
    /// system source
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// system source
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0001 "empty-file" Error Language ""

    /// A file is not UTF-8 text.
    ///
    /// ## Why
    ///
    /// Names would be read as other names. The place is that of the first byte that is not UTF-8.
    /// Save the file as UTF-8.
    E0002 "not-utf8" Error Language ""

    /// A character that cannot be seen stands in a spec.
    ///
    /// ## Why
    ///
    /// A NUL byte, another control character or a private-use character would travel into names
    /// and tags where nobody sees it. A carriage return without a line feed, and a character that turns
    /// the direction of writing, make a terminal show another text than is read, in comments too. Only
    /// printable text, spaces, tabs and line breaks are read.
    E0003 "control-character" Error Language ""

    /// A line is longer than 10,000 bytes.
    ///
    /// ## Why
    ///
    /// Such a file is not a spec but something else that was named by mistake. A long statement
    /// may be broken anywhere: indented lines continue it.
    E0004 "overlong-line" Error Language ""

    /// A word has no meaning where it stands.
    ///
    /// ## Why
    ///
    /// A word that is ignored is a promise that is not kept, so no word is ignored.
    ///
    /// ## Example
    ///
    /// ```drspec,E0005
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 dayly 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0005 "unknown-word" Error Language ""

    /// A keyword stands where a name is expected.
    ///
    /// ## Why
    ///
    /// Either the name is missing, or it happens to be a keyword. A name that is a keyword is
    /// written in double quotes.
    ///
    /// ## Example
    ///
    /// ```drspec,E0006
    /// backup cluster key from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster "key" from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0006 "keyword-as-name" Error Language ""

    /// A quoted name does not end on its line.
    ///
    /// ## Why
    ///
    /// A name in quotes ends on the line on which it begins. Otherwise one forgotten quote would turn
    /// all that follows into a name, and the error would be told far from its place.
    ///
    /// ## Example
    ///
    /// ```drspec,E0007
    /// backup cluster "mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster "mydb" from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0007 "unclosed-quote" Error Language ""

    /// A word needs something behind it that is not there.
    ///
    /// ## Why
    ///
    /// Nothing is guessed: half a clause could mean many things, and a schedule or a retention that
    /// was guessed would be noticed on the day when it is needed.
    ///
    /// ## Example
    ///
    /// ```drspec,E0008
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 keep 7d
    /// ```
    ///
    /// Use instead (a time means nothing without its zone):
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0008 "missing-operand" Error Language ""

    /// A statement lacks a clause that it cannot do without.
    ///
    /// ## Why
    ///
    /// Where from, when, and how long to keep are decisions that nobody should make behind the
    /// writer's back.
    ///
    /// ## Example
    ///
    /// ```drspec,E0009
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0009 "missing-clause" Error Language ""

    /// The same thing is said twice.
    ///
    /// ## Why
    ///
    /// One of the two would be ignored, and the reader cannot know which.
    ///
    /// ## Example
    ///
    /// ```drspec,E0010
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d keep 14d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 14d
    /// ```
    E0010 "repeated-clause" Error Language ""

    /// A line begins in the wrong column.
    ///
    /// ## Why
    ///
    /// A line that starts in the first column begins an item (`system`, `account`, `defaults`,
    /// `key`, `backup`); indented lines continue it. That is how one wrong item does not hide the
    /// errors of the next.
    ///
    /// ## Example
    ///
    /// ```drspec,E0011
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// plan nightly
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   plan nightly
    /// ```
    E0011 "wrong-indentation" Error Language ""

    /// A value is not of the form that its place needs.
    ///
    /// ## Why
    ///
    /// Retentions are whole days, weeks or years (`7d`, `5w`, `1y`, `forever`), because AWS Backup
    /// counts days: a month has no fixed number of them, so `mo` is not a unit. Windows are
    /// minutes, hours or days (`90m`, `1h30m`). Times are `HH:MM`.
    ///
    /// ## Example
    ///
    /// ```drspec,E0012
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 3mo
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 90d
    /// ```
    E0012 "malformed-value" Error Language ""

    /// A clause stands in an item that it does not belong to.
    ///
    /// ## Why
    ///
    /// Each item takes the clauses that mean something in it. One that is accepted and does nothing
    /// would be a promise that is not kept.
    ///
    /// ## Example
    ///
    /// ```drspec,E0013
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   admin role/KeyAdmin
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// key vault-key admin role/KeyAdmin
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0013 "misplaced-clause" Error Language ""

    /// An allowance cannot be read, or allows what cannot be allowed.
    ///
    /// ## Why
    ///
    /// A finding is silenced only with a reason that the next reader can judge. Errors cannot be
    /// silenced. A comment that looks like an allowance and is none would be ignored without a word.
    ///
    /// ## Example
    ///
    /// ```drspec,E0014
    /// # drc: allow(W0401)
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// # drc: allow(W0401) reason="the clusters have keys of several accounts"
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0014 "malformed-allowance" Error Language ""

    /// An allowance silences nothing.
    ///
    /// ## Why
    ///
    /// Either what it once allowed is gone; left standing, it would hide the same finding when it
    /// comes back for another reason. Or it stands where the finding is not: it is about the line that it
    /// stands behind or, on a line of its own, about the line below, and about the whole item where that
    /// line begins one.
    ///
    /// ## Example
    ///
    /// ```drspec,W0015
    /// # drc: allow(W0302) reason="there was only one region"
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    W0015 "unused-allowance" Warning Language ""

    /// A character only looks like one of the language.
    ///
    /// ## Why
    ///
    /// The language is written in ASCII. A full-width letter, digit, colon or blank of a Japanese
    /// keyboard, and the quotes, hyphens and no-break spaces of a web page, look like it and are other
    /// characters. In quotes, comments and tags they are text like any other.
    ///
    /// ## Example
    ///
    /// ```drspec,E0016
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01：00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0016 "lookalike-character" Error Language ""

    /// The compiler contradicts itself.
    ///
    /// ## Why
    ///
    /// This is a defect of drc, not of the spec. Nothing is written. Please report it with the
    /// spec that shows it.
    E9999 "internal-error" Error Language ""
}
