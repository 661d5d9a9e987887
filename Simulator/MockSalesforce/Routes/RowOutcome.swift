import WireJSON

/// The result of one record of a Collections request.
struct RowOutcome: Sendable {
    var id: String?
    var isCreated: Bool?
    /// `nil` for success.
    var errors: [MockSalesforceError]?

    init(id: String?, isCreated: Bool? = nil, errors: [MockSalesforceError]? = nil) {
        self.id = id
        self.isCreated = isCreated
        self.errors = errors
    }

    /// Undone because another row failed; the row may still name its id.
    mutating func rollBack(keepsID: Bool) {
        if !keepsID { self.id = nil }
        self.isCreated = nil
        self.errors = [
            MockSalesforceError(
                "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using "
                    + "AllOrNone header"
            )
        ]
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if let id = self.id { writer.member("id", id) }
            writer.member("success", self.errors == nil)
            RESTReply.writeRowErrors(self.errors ?? [], to: &writer)
            if let isCreated = self.isCreated { writer.member("created", isCreated) }
        }
    }
}
