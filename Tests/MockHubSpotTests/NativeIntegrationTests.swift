import HTTPTransport
import MockHubSpot
import Testing
import WireJSON

/// A portal in which HubSpot's own integration with Salesforce is installed.
struct NativeIntegrationTests {
    @Test(arguments: [true, false])
    func `its properties are there, and the integration writes them`(isReadOnly: Bool) throws {
        var settings = MockHubSpotSettings()
        settings.installSalesforceIntegration(isReadOnly: isReadOnly)
        settings.installSalesforceIntegration(isReadOnly: isReadOnly)
        var portal = Portal()
        portal.mock = MockHubSpot(settings: settings)
        for (object, name) in [
            ("contacts", "salesforceleadid"), ("companies", "salesforceaccountid"),
            ("deals", "hs_salesforceopportunityid"), ("contacts", "salesforcelastsynctime"),
        ] {
            let path = "/crm/v3/properties/\(object)/\(name)"
            let definition = portal.send(.get, path).json
            #expect(definition?["groupName"]?.string == "salesforceinformation")
            let isRefused = definition?["modificationMetadata"]?["readOnlyValue"]?.boolean
            #expect(isRefused == isReadOnly)
        }
        #expect(portal.send(.get, "/crm/v3/properties/tickets/salesforceaccountid").status == 404)
        let all = portal.send(.get, "/crm/v3/properties/contacts").json?["results"]?.elements
        #expect(all?.count { $0["name"]?.string == "salesforcecontactid" } == 1)
        let id = portal.make("contacts", #""email":"ada@example.com""#)
        let body = #"{"properties":{"salesforcecontactid":"003A"}}"#
        let status = portal.send(.patch, "/crm/v3/objects/contacts/\(id)", body).status
        #expect(status == (isReadOnly ? 400 : 200))
        try portal.mock.syncFromSalesforce(
            id,
            fields: [("salesforcecontactid", "003B"), ("salesforcedeleted", "false")],
            at: portal.now
        )
        let path = "/crm/v3/objects/contacts/\(id)?propertiesWithHistory=salesforcecontactid"
        let history = portal.send(.get, path).json?["propertiesWithHistory"]
        let newest = history?["salesforcecontactid"]?[0]
        #expect(newest?["value"]?.string == "003B")
        #expect(newest?["sourceType"]?.string == "SALESFORCE")
    }
}
