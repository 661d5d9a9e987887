package import SyncCore

/// A living record of an object that nobody has mapped, as somebody knows it.
package struct UnmappedRecord: Sendable, Hashable {
    package var side: Side
    package var object: String
    package var id: String
    /// What was given to it, by the CRM's names; an empty reference is an empty text.
    package var values: [String: String]
    /// The HubSpot contacts that it is tied to, in id order.
    package var ties: [String]

    package init(
        _ side: Side,
        _ object: String,
        _ id: String,
        _ values: [String: String],
        ties: [String] = []
    ) {
        self.side = side
        self.object = object
        self.id = id
        self.values = values
        self.ties = ties
    }
}
