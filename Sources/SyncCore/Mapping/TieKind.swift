/// One of the kinds of ties that HubSpot knows between two objects, seen from one of them.
package struct TieKind: Sendable, Hashable, Codable {
    package var id: Int
    /// HubSpot's own, or one that the account has made.
    package var isOwn: Bool
    /// `nil` for the kind that says no more than that two records belong together.
    package var label: String?

    package init(id: Int, isOwn: Bool, label: String?) {
        self.id = id
        self.isOwn = isOwn
        self.label = label
    }
}
