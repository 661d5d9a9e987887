/// What ends a request or a row early: one or more errors.
struct RequestFailure: Error, Sendable {
    var errors: [MockSalesforceError]
    /// The methods that the resource takes, where it was asked with another one.
    var allowed: String?

    init(_ errors: [MockSalesforceError]) {
        self.errors = errors
    }

    init(_ code: String, _ message: String, fields: [String]? = nil, status: Int = 400) {
        self.errors = [MockSalesforceError(code, message, fields: fields, status: status)]
    }

    var status: Int { self.errors.first?.status ?? 400 }

    static var notFound: RequestFailure {
        RequestFailure("NOT_FOUND", "The requested resource does not exist", status: 404)
    }

    static var noBody: RequestFailure {
        RequestFailure(
            "JSON_PARSER_ERROR",
            "The HTTP entity body is required, but this request has no entity body."
        )
    }

    static var preconditionFailed: RequestFailure {
        RequestFailure(
            "PRECONDITION_FAILED",
            "The record has been modified since the condition of the request",
            status: 412
        )
    }

    static func isLocked(_ id: String) -> RequestFailure {
        RequestFailure(
            "UNABLE_TO_LOCK_ROW",
            "unable to obtain exclusive access to this record or 1 records: \(id.prefix(15))",
            fields: []
        )
    }

    static var isDeleted: RequestFailure {
        RequestFailure("ENTITY_IS_DELETED", "entity is deleted", fields: [], status: 404)
    }
}
