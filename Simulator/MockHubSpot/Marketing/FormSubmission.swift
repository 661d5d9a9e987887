/// What somebody sent with a form.
struct FormSubmission: Sendable, Codable {
    struct Value: Sendable, Codable {
        var name: String
        var value: String
        var objectTypeID: String
    }

    var id: String
    var at: Int64
    var values: [Value]
    var pageURL: String
}
