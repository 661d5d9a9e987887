import HTTPTransport
import WireJSON

/// A search by parameters in the address or by a JSON body, which stand for a SOSL statement
/// (REST API, Parameterized Search, since 36.0).
extension MockSalesforce {
    mutating func parameterizedSearch(
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get, .post], request)
        guard request.path.count == 1 else { throw RequestFailure.notFound }
        let body = request.method == .post ? request.body : nil
        func value(_ name: String) -> String? {
            guard let body else { return request.target.value(name) }
            return body[name]?.string ?? body[name]?.numberText
        }
        guard let words = value("q"), !words.isEmpty else {
            throw RequestFailure("MALFORMED_SEARCH", "A search string has to be specified")
        }
        let term = words.replacing("\\", with: "\\\\").replacing("}", with: "\\}")
            .replacing("{", with: "\\{")
        var statement = "FIND {\(term)} IN \(value("in") ?? "ALL") FIELDS"
        let parts = body.map(Self.parts) ?? Self.parts(request.target)
        if !parts.isEmpty {
            let limit = value("defaultLimit")
            statement += " RETURNING " + parts.map { $0.text(limit) }.joined(separator: ", ")
        }
        if let limit = value("overallLimit") { statement += " LIMIT \(limit)" }
        return try self.search(SOSLQuery(statement), request, now)
    }

    /// `sobject=Account&Account.fields=id,name&Account.limit=10`; `fields` alone is for all of them.
    private static func parts(_ target: RequestTarget) -> [ParameterizedSearchPart] {
        target.query.filter { $0.name.lowercased() == "sobject" }.map { pair in
            func own(_ name: String) -> String? { target.value("\(pair.value).\(name)") }
            let fields = own("fields") ?? target.value("fields")
            return ParameterizedSearchPart(
                object: pair.value,
                fields: fields?.split(separator: ",").map(String.init) ?? [],
                condition: own("where"),
                limit: own("limit")
            )
        }
    }

    /// `"sobjects":[{"name":"Account","fields":["Id"],"limit":10}]`, with `fields` beside it for those
    /// that name none.
    private static func parts(_ body: JSON) -> [ParameterizedSearchPart] {
        func names(_ json: JSON?) -> [String]? { json?.elements.compactMap(\.string) }
        return (body["sobjects"]?.elements ?? []).map { part in
            ParameterizedSearchPart(
                object: part["name"]?.string ?? "",
                fields: names(part["fields"]) ?? names(body["fields"]) ?? [],
                condition: part["where"]?.string,
                limit: part["limit"]?.numberText ?? part["limit"]?.string
            )
        }
    }
}
