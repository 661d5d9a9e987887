/// What one webhook event says, without what differs between its deliveries.
package struct PushedEvent: Sendable, Hashable {
    /// Such as `contact.propertyChange`.
    package var type: String
    package var objectID: Int64
    /// Milliseconds of the portal's clock.
    package var occurredAt: Int64
    package var property: String?
    package var value: String?
    package var source: String
    package var sourceID: String
    /// The records that became this one, where it is a merge's.
    package var merged: Set<Int64>
}

extension PushedEvent: CustomStringConvertible {
    package var description: String {
        let property = self.property.map { " \($0) = \(self.value ?? "")" } ?? ""
        return "\(self.type) of \(self.objectID) at \(self.occurredAt)\(property)"
    }
}
