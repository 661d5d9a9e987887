/// What HubSpot said of a segment's members, and the records as they were at that moment.
package struct SegmentSample: Sendable, Hashable {
    package var at: Int64
    package var list: String
    package var rule: SegmentRule
    /// When each member joined, as HubSpot shows it.
    package var members: [String: String]
    /// The values of the living records that the rule may ask for.
    package var records: [String: [String: String]]

    package init(
        at: Int64,
        list: String,
        rule: SegmentRule,
        members: [String: String],
        records: [String: [String: String]]
    ) {
        self.at = at
        self.list = list
        self.rule = rule
        self.members = members
        self.records = records
    }
}
