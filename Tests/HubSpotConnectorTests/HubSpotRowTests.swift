import HubSpotConnector
import SyncCore
import Testing
import WireJSON

/// Records of a reply that are no rows.
struct HubSpotRowTests {
    private static func failure(_ record: String) throws -> SyncError.Code? {
        let json = try JSON(parsing: Array(#"{"results":[\#(record)]}"#.utf8))
        do throws(SyncError) {
            _ = try HubSpotResponses.rows(json, mapping: HubSpotFixture.mapping)
            return nil
        } catch {
            return error.code
        }
    }

    private static let properties =
        #""properties":{"email":"a@x.com","phone":"1","lastmodifieddate":"2026-11-29T10:00:00Z"}"#

    /// All mapped properties are there: a person who is told that one is gone looks for nothing, and the
    /// runs end, while a reply that cannot be read is asked for again.
    @Test func `a record without an id lacks none of its properties`() throws {
        #expect(try Self.failure("{\(Self.properties)}") == .malformedReply)
    }

    @Test func `true is no id`() throws {
        #expect(try Self.failure(#"{"id":true,\#(Self.properties)}"#) == .malformedReply)
    }
}
