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
    "バックアップするものがファイルに書かれていません。"
    "1 つのファイルが 1 つのシステムです。`backup` の項目がなければ何も作られませんが、空のディレクトリは、ビルドが済んだ後のように見えてしまいます。"

    /// A file is not UTF-8 text.
    ///
    /// ## Why
    ///
    /// Names would be read as other names. The place is that of the first byte that is not UTF-8.
    /// Save the file as UTF-8.
    E0002 "not-utf8" Error Language ""
    "ファイルが UTF-8 のテキストではありません。"
    "名前が別の名前として読まれてしまいます。示しているのは、UTF-8 として読めない最初のバイトの位置です。ファイルを UTF-8 で保存してください。"

    /// A character that cannot be seen stands in a spec.
    ///
    /// ## Why
    ///
    /// A NUL byte, another control character or a private-use character would travel into names
    /// and tags where nobody sees it. A carriage return without a line feed, and a character that turns
    /// the direction of writing, make a terminal show another text than is read, in comments too. Only
    /// printable text, spaces, tabs and line breaks are read.
    E0003 "control-character" Error Language ""
    "目に見えない文字が定義ファイルに含まれています。"
    "NUL などの制御文字や私用領域の文字は、誰にも気付かれないまま名前やタグに入り込みます。後ろに改行(LF)のない復帰文字(CR)と、書字方向を変える文字は、実際に読まれるものとは違う文字列を端末に表示させます。コメントの中でも同じです。使えるのは、表示できる文字、空白、タブ、改行だけです。"

    /// A line is longer than 10,000 bytes.
    ///
    /// ## Why
    ///
    /// Such a file is not a spec but something else that was named by mistake. A long statement
    /// may be broken anywhere: indented lines continue it.
    E0004 "overlong-line" Error Language ""
    "1 行が 10,000 バイトを超えています。"
    "そのようなファイルは定義ファイルではなく、誤って指定された別のものです。長い文は、どこで改行してもかまいません。続きの行は字下げします。"

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
    "ここに書いても意味を持たない語です。"
    "語を無視することは、約束を破ることになります。そのため、どの語も無視しません。"

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
    /// backup cluster daily from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster "daily" from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0006 "keyword-as-name" Error Language ""
    "名前を書くところにキーワードがあります。"
    "名前を書き忘れたか、名前がたまたまキーワードと同じです。キーワードと同じ名前は二重引用符で囲みます。"

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
    "引用符で囲んだ名前が、その行で閉じていません。"
    "引用符で囲んだ名前は、始まった行で閉じます。そうでないと、引用符を 1 つ閉じ忘れただけで後ろがすべて名前になり、エラーが本来の箇所から離れたところに出てしまいます。"

    /// A word needs something behind it that is not there.
    ///
    /// ## Why
    ///
    /// Nothing is guessed: half a clause could mean many things, and a schedule or a retention that
    /// was guessed would be noticed on the day when it is needed. A time, for one, means nothing
    /// without its zone.
    ///
    /// ## Example
    ///
    /// ```drspec,E0008
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0008 "missing-operand" Error Language ""
    "後ろに必要なものが書かれていない語があります。"
    "推測はしません。途中までの句は何通りにも読めます。スケジュールや保持期間を推測で補えば、誤りに気付くのは必要になった日です。たとえば時刻は、タイムゾーンがなければ意味を持ちません。"

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
    "省略できない句が文にありません。"
    "どこから、いつ取り、どれだけ保持するかは、書いた人の知らないところで決めてはならないことです。"

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
    "同じことが 2 回書かれています。"
    "どちらか一方は無視されることになり、読む人にはどちらなのかがわかりません。"

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
    "行の始まる桁が違います。"
    "1 桁目から始まる行は項目(`system`、`account`、`defaults`、`key`、`backup`)の始まりで、字下げした行はその続きです。この決まりがあるため、ある項目が誤っていても、次の項目のエラーが隠れることはありません。"

    /// A value is not of the form that its place needs.
    ///
    /// ## Why
    ///
    /// Retentions are whole days, weeks or years (`7d`, `5w`, `1y`, `forever`), because AWS Backup
    /// counts days: a month has no fixed number of them, so `mo` is not a unit. Windows are
    /// minutes, hours, days or weeks (`90m`, `1h30m`). Times are `HH:MM`.
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
    "ここに書ける形式の値ではありません。"
    "保持期間は、日、週、年の整数(`7d`、`5w`、`1y`)か `forever` です。AWS Backup は日数で数えますが、月の日数は一定ではないため、`mo` という単位はありません。ウィンドウは分、時間、日、週で書きます(`90m`、`1h30m`)。時刻は `HH:MM` です。"

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
    "この項目には書けない句があります。"
    "項目に書けるのは、そこで意味を持つ句だけです。受け付けるだけで何もしない句は、約束を破ることになります。"

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
    "抑止の指定を読み取れないか、抑止できないものを抑止しようとしています。"
    "警告を抑止するには、次に読む人が妥当かどうかを判断できる理由が必要です。エラーは抑止できません。抑止のように見えるだけのコメントは、そのままでは黙って無視されてしまうため、エラーにします。"

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
    "該当する警告のない抑止です。"
    "一つには、抑止していた警告がすでになくなった場合があります。残しておくと、同じ警告が別の理由で再び出たときに隠れてしまいます。もう一つは、書いた場所が違う場合です。抑止が効くのは、行末に書けばその行、単独の行に書けば次の行で、その行が項目の始まりなら項目全体です。"

    /// A character only looks like one of the language.
    ///
    /// ## Why
    ///
    /// The language is written in ASCII. A full-width letter, digit, colon or blank of a Japanese
    /// keyboard, the quotes, hyphens and no-break spaces of a web page, and letters of other alphabets look
    /// like it and are other characters. In comments they are text like any other, and in tags where AWS
    /// takes them: letters and digits of any script, but no full-width blank and no `、`. Quotes are double;
    /// a single one means nothing.
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
    "言語で使う文字に似ているだけの、別の文字です。"
    "この言語は ASCII で書きます。日本語入力の全角の英字、数字、コロン、空白や、Web ページの引用符、ハイフン、改行しない空白(NBSP)は、見た目が似ていても別の文字です。ほかの文字体系の似た文字も同じです。コメントではほかの文字と同じように使えます。タグでは、AWS が受け付けるもの(どの文字体系の文字や数字でもよく、全角の空白や `、` は不可)に限って使えます。引用符は二重引用符だけで、一重引用符には意味がありません。"

    /// A clause of a rule stands behind the end of the rule.
    ///
    /// ## Why
    ///
    /// A rule is a schedule and the clauses that follow it: `named`, `keep`, `start within`, `complete within` and
    /// `to`. It ends at the first word that is none of them. Behind that, such a clause looks as if it held for the
    /// whole statement, and a reader could not tell for which rules it does. Write it directly behind its
    /// rule, or in front of the first schedule, where it holds for every rule.
    ///
    /// ## Example
    ///
    /// ```drspec,E0017
    /// backup cluster mydb from ap-northeast-1
    ///   daily 01:00 JST keep 7d
    ///   plan nightly
    ///   to ap-northeast-3
    ///   weekly sun 12:00 JST keep 5w
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1
    ///   to ap-northeast-3
    ///   daily 01:00 JST keep 7d
    ///   weekly sun 12:00 JST keep 5w
    ///   plan nightly
    /// ```
    E0017 "late-clause" Error Language ""
    "ルールの句が、ルールの終わりより後ろにあります。"
    "ルールとは、スケジュールと、それに続く句(`named`、`keep`、`start within`、`complete within`、`to`)です。それ以外の語が現れたところで、ルールは終わります。その後ろにある句は、文全体に効くように見え、どのルールのものかが読む人にはわかりません。目的のルールのすぐ後ろか、最初のスケジュールの前に書いてください。前に書けば、すべてのルールに効きます。"

    /// The compiler contradicts itself.
    ///
    /// ## Why
    ///
    /// This is a defect of drc, not of the spec. Nothing is written. Please report it with the
    /// spec that shows it.
    E9999 "internal-error" Error Language ""
    "コンパイラの内部に矛盾があります。"
    "定義ファイルではなく、drc の不具合です。何も書き出しません。該当した定義ファイルを添えて報告してください。"
}
