/// Conditional requests by tag, which only accounts have.
extension MockSalesforce {
    func entityTag(_ table: Int, _ version: MockVersion) -> String? {
        guard self.org.tables[table].object.name == "Account" else { return nil }
        return "\"\(version.stamp)\""
    }

    /// Refuses a change on condition of a version that is not, or no longer, the present one.
    ///
    /// A condition that cannot be read is refused as such; other objects have no tags and ignore it.
    func requireTag(
        _ table: Int,
        _ version: MockVersion,
        _ request: RESTRequest
    ) throws(RequestFailure) {
        guard let tag = self.entityTag(table, version) else { return }
        for (name, mustMatch) in [("If-Match", true), ("If-None-Match", false)] {
            guard let text = request.header(name) else { continue }
            guard let tags = EntityTags(text) else {
                throw RequestFailure("INVALID_FIELD", "The value of \(name) is not an entity tag")
            }
            guard tags.match(tag) == mustMatch else { throw RequestFailure.preconditionFailed }
        }
    }
}
