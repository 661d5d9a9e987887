import WireJSON

/// HubSpot's ids: 64-bit numbers, written as text in most replies and as numbers in some.
///
/// Text: OpenAPI: CRM/Objects/Rollouts/424. Numbers: replies of associations, recorded by
/// amp-labs/connectors, providers/hubspot/internal/crm/associations/test.
enum HubSpotID {
    /// The id as text; `nil` for what is neither.
    static func text(_ json: JSON?) -> String? {
        json?.string ?? json?.numberText
    }

    /// The ids of a list.
    static func texts(_ json: JSON?) -> [String] {
        json?.elements.compactMap { Self.text($0) } ?? []
    }
}
