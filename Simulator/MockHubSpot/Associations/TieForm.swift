/// How a reply shows ties that were made.
enum TieForm: Sendable, Hashable {
    /// v4: both records and the labels between them.
    case labelled
    /// The default tie, in both directions.
    case bothWays
    /// v3: both records and the kind's name.
    case named
}
