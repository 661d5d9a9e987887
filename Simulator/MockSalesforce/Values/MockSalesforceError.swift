/// One error as the API reports it: `errorCode` for a request, `statusCode` for a row of a list.
package struct MockSalesforceError: Error, Sendable, Hashable {
    package var code: String
    package var message: String
    /// `nil` where the vendor's body has no such member.
    package var fields: [String]?
    /// The HTTP status it has outside of lists.
    package var status: Int
    /// What a duplicate rule found.
    var duplicates: DuplicateResult?

    package init(_ code: String, _ message: String, fields: [String]? = nil, status: Int = 400) {
        self.code = code
        self.message = message
        self.fields = fields
        self.status = status
    }
}
