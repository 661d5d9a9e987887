/// A HubSpot segment as people choose it.
package struct SegmentDescription: Sendable, Hashable, Codable {
    /// The list's id.
    package var list: String
    package var name: String
    /// Whether HubSpot fills it by conditions; people choose the members of any other.
    package var isDynamic: Bool
    /// How many members it has, where the reply tells.
    package var size: Int?

    package init(list: String, name: String, isDynamic: Bool, size: Int?) {
        self.list = list
        self.name = name
        self.isDynamic = isDynamic
        self.size = size
    }
}
