/// One choice of an enumeration property.
package struct MockHubSpotOption: Sendable, Hashable, Codable {
    package var label: String
    package var value: String
    package var isHidden: Bool

    package init(label: String, value: String, isHidden: Bool = false) {
        self.label = label
        self.value = value
        self.isHidden = isHidden
    }
}
