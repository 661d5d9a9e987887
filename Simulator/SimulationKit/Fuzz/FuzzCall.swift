import HTTPTransport

/// One address of a CRM with the verbs that it knows; a verb that stands twice is sent more often.
struct FuzzCall: Sendable {
    var methods: [HTTPMethod]
    /// With placeholders in braces: `/crm/v3/objects/{record}`.
    var path: String

    /// `GET,PATCH /crm/v3/objects/{record}`.
    init(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        self.methods = (parts.first ?? "").split(separator: ",").compactMap {
            HTTPMethod(rawValue: String($0))
        }
        self.path = String(parts.last ?? "")
    }
}
