/// How much an account may hold.
package struct MockHubSpotLimits: Sendable, Hashable, Codable {
    package var recordsOfOneType: Int64 = 15_000_000
    package var customRecords: Int64 = 15_000_000
    package var pipelinesOfOneType: Int64 = 100
    package var customPipelines: Int64 = 100
    /// HubSpot: limits tracking guide.
    package var propertiesOfOneType: Int64 = 1_000
    package var properties: Int64 = 10_000
    package var calculatedProperties: Int64 = 200
    package var customTypes: Int64 = 10
    /// Labels of one pair of object types.
    package var labels: Int64 = 10
    /// Records of one type that one record may be tied to.
    package var associations: Int64 = 50_000

    package init() {}
}
