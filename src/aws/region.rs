//! Regions and partitions.
//!
//! Sources: opt-in status <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>;
//! copies between regions
//! <https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html>; Japanese names
//! <https://docs.aws.amazon.com/ja_jp/global-infrastructure/latest/regions/aws-regions.html>.

use crate::text::Language;

/// A group of regions that shares accounts, IAM and ARNs; nothing is copied between partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// The commercial regions.
    Aws,
    /// China.
    China,
    /// GovCloud (US).
    GovCloud,
    /// The European Sovereign Cloud.
    EuropeanSovereign,
}

impl Partition {
    /// The second segment of an ARN.
    pub fn id(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::China => "aws-cn",
            Self::GovCloud => "aws-us-gov",
            Self::EuropeanSovereign => "aws-eusc",
        }
    }
}

/// Whether an account has to enable a region before anything can be made there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Enabled {
    /// Every account has it.
    ByDefault,
    /// The account must opt in.
    OnRequest,
}

/// A region in which AWS Backup runs.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// The code, such as `ap-northeast-1`.
    pub code: &'static str,
    /// The name that AWS shows.
    pub name: &'static str,
    /// The name that it shows in Japanese.
    pub name_ja: &'static str,
    /// The partition it belongs to.
    pub partition: Partition,
    /// Whether accounts have it without asking.
    pub enabled: Enabled,
}

impl Region {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &'static str {
        language.say(self.name, self.name_ja)
    }

    /// Whether AWS Backup copies recovery points out of and into this region. The European
    /// Sovereign Cloud's only region has neither tick in AWS's table.
    pub fn copies(&self) -> bool {
        self.partition != Partition::EuropeanSovereign
    }
}

/// The region with this code.
pub fn find(code: &str) -> Option<&'static Region> {
    REGIONS.binary_search_by(|region| region.code.cmp(code)).ok().and_then(|index| REGIONS.get(index))
}

/// The region that a word names, by its code or by the name that AWS shows, without regard to case.
pub fn named(word: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.code.eq_ignore_ascii_case(word) || region.name.eq_ignore_ascii_case(word))
}

const fn row(
    code: &'static str,
    name: &'static str,
    name_ja: &'static str,
    partition: Partition,
    enabled: Enabled,
) -> Region {
    Region { code, name, name_ja, partition, enabled }
}

use Enabled::{ByDefault, OnRequest};
use Partition::{Aws, China, EuropeanSovereign, GovCloud};

/// Every region, sorted by code.
pub static REGIONS: &[Region] = &[
    row("af-south-1", "Cape Town", "ケープタウン", Aws, OnRequest),
    row("ap-east-1", "Hong Kong", "香港", Aws, OnRequest),
    row("ap-east-2", "Taipei", "台北", Aws, OnRequest),
    row("ap-northeast-1", "Tokyo", "東京", Aws, ByDefault),
    row("ap-northeast-2", "Seoul", "ソウル", Aws, ByDefault),
    row("ap-northeast-3", "Osaka", "大阪", Aws, ByDefault),
    row("ap-south-1", "Mumbai", "ムンバイ", Aws, ByDefault),
    row("ap-south-2", "Hyderabad", "ハイデラバード", Aws, OnRequest),
    row("ap-southeast-1", "Singapore", "シンガポール", Aws, ByDefault),
    row("ap-southeast-2", "Sydney", "シドニー", Aws, ByDefault),
    row("ap-southeast-3", "Jakarta", "ジャカルタ", Aws, OnRequest),
    row("ap-southeast-4", "Melbourne", "メルボルン", Aws, OnRequest),
    row("ap-southeast-5", "Malaysia", "マレーシア", Aws, OnRequest),
    row("ap-southeast-6", "New Zealand", "ニュージーランド", Aws, OnRequest),
    row("ap-southeast-7", "Thailand", "タイ", Aws, OnRequest),
    row("ca-central-1", "Canada Central", "カナダ中部", Aws, ByDefault),
    row("ca-west-1", "Calgary", "カルガリー", Aws, OnRequest),
    row("cn-north-1", "Beijing", "北京", China, ByDefault),
    row("cn-northwest-1", "Ningxia", "寧夏", China, ByDefault),
    row("eu-central-1", "Frankfurt", "フランクフルト", Aws, ByDefault),
    row("eu-central-2", "Zurich", "チューリッヒ", Aws, OnRequest),
    row("eu-north-1", "Stockholm", "ストックホルム", Aws, ByDefault),
    row("eu-south-1", "Milan", "ミラノ", Aws, OnRequest),
    row("eu-south-2", "Spain", "スペイン", Aws, OnRequest),
    row("eu-west-1", "Ireland", "アイルランド", Aws, ByDefault),
    row("eu-west-2", "London", "ロンドン", Aws, ByDefault),
    row("eu-west-3", "Paris", "パリ", Aws, ByDefault),
    row("eusc-de-east-1", "Brandenburg", "ブランデンブルク", EuropeanSovereign, ByDefault),
    row("il-central-1", "Tel Aviv", "テルアビブ", Aws, OnRequest),
    row("me-central-1", "UAE", "アラブ首長国連邦", Aws, OnRequest),
    row("me-south-1", "Bahrain", "バーレーン", Aws, OnRequest),
    row("mx-central-1", "Mexico", "メキシコ", Aws, OnRequest),
    row("sa-east-1", "Sao Paulo", "サンパウロ", Aws, ByDefault),
    row("us-east-1", "N. Virginia", "バージニア北部", Aws, ByDefault),
    row("us-east-2", "Ohio", "オハイオ", Aws, ByDefault),
    row("us-gov-east-1", "GovCloud US-East", "GovCloud 米国東部", GovCloud, ByDefault),
    row("us-gov-west-1", "GovCloud US-West", "GovCloud 米国西部", GovCloud, ByDefault),
    row("us-west-1", "N. California", "北カリフォルニア", Aws, ByDefault),
    row("us-west-2", "Oregon", "オレゴン", Aws, ByDefault),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_found() {
        assert!(REGIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(find("ap-northeast-3").map(|region| region.name), Some("Osaka"));
        assert_eq!(find("ap-northeast-4"), None);
    }
}
