import CRMInterface
import ConnectorTestKit
import HTTPTransport
import HubSpotConnector
import SyncCore
import Testing

/// Sign-in, imports and exports as they are sent, byte for byte.
struct HubSpotFileRequestTests {
    private static let base = "https://api.hubapi.com"
    private static let form = "Content-Type: application/x-www-form-urlencoded"
    private static let built = HubSpotRequests(
        configuration: HubSpotConfiguration(auth: .token("pat"))
    )
    /// RFC 7636, appendix B, with its challenge below.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    static let signIns = [
        (
            built.token(id: "app", secret: "s&c", refreshToken: "na1-1"),
            """
            POST \(base)/oauth/2026-09/token
            \(form)

            grant_type=refresh_token&client_id=app&client_secret=s%26c&refresh_token=na1-1
            """
        ),
        (
            built.token(
                id: "app",
                secret: "s",
                code: "c",
                redirectURI: "http://localhost:3000/cb",
                verifier: verifier
            ),
            """
            POST \(base)/oauth/2026-09/token
            \(form)

            grant_type=authorization_code&client_id=app&client_secret=s&code=c&redirect_uri=\
            http%3A%2F%2Flocalhost%3A3000%2Fcb&code_verifier=\(verifier)
            """
        ),
        (
            built.staticToken("pat-na1-1"),
            """
            POST \(base)/oauth/v2/private-apps/get/access-token-info
            Content-Type: application/json

            {"tokenKey":"pat-na1-1"}
            """
        ),
        (
            built.revoke(id: "app", secret: "s", refreshToken: "na1-1"),
            """
            POST \(base)/oauth/2026-09/token/revoke
            \(form)

            client_id=app&client_secret=s&token=na1-1&token_type_hint=refresh_token
            """
        ),
    ]

    @Test(arguments: HubSpotFileRequestTests.signIns.indices)
    func `what signs in and out`(index: Int) {
        #expect(Self.signIns[index].0.wholeText == Self.signIns[index].1)
    }

    @Test func `where a person agrees`() {
        let address = Self.built.authorize(
            clientID: "app",
            scopes: ["oauth", "crm.objects.contacts.read"],
            redirectURI: "http://localhost:3000/cb",
            state: "x y",
            verifier: Self.verifier,
            host: "https://app-eu1.hubspot.com"
        )
        #expect(
            address
                == "https://app-eu1.hubspot.com/oauth/authorize?client_id=app&redirect_uri="
                + "http%3A%2F%2Flocalhost%3A3000%2Fcb&scope=oauth%20crm.objects.contacts.read"
                + "&state=x%20y&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256"
        )
    }

    @Test func `the scope that every app requires is asked for, once`() {
        for scopes in [["tickets"], ["oauth", "tickets"]] {
            let address = Self.built.authorize(
                clientID: "app",
                scopes: scopes,
                redirectURI: "http://localhost:3000/cb",
                state: "x",
                verifier: Self.verifier
            )
            #expect(address.contains("&scope=oauth%20tickets&state=x"))
        }
    }

    @Test func `an import is one form of two parts`() throws {
        let file = "email,city\na@x.test,Oslo\n"
        let columns = [HubSpotRequests.Column("email", .key), .init("city")]
        let request = try #require(
            Self.built.ingest("0-1", .upsert, columns, file: Array(file.utf8))
        )
        // SHA-256 of the file.
        let boundary =
            "duet-6c535b5cbb1ad818be4313c495eaf5f1e4e6cae1f681b8333bcceb90256ef3bc"
        let type = "Content-Type: multipart/form-data; boundary=\(boundary)"
        #expect(
            request.wholeText.hasPrefix("POST \(Self.base)/crm/imports/2026-09\n\(type)\n\n")
        )
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(
            body == """
                --\(boundary)\r
                Content-Disposition: form-data; name="importRequest"\r
                \r
                {"name":"Duet","importOperations":{"0-1":"UPSERT"},"dateFormat":"YEAR_MONTH_DAY",\
                "files":[{"fileName":"duet.csv","fileFormat":"CSV","fileImportPage":{"hasHeader":\
                true,"columnMappings":[{"columnObjectTypeId":"0-1","columnName":"email",\
                "propertyName":"email","columnType":"HUBSPOT_ALTERNATE_ID"},{"columnObjectTypeId":\
                "0-1","columnName":"city","propertyName":"city"}]}}]}\r
                --\(boundary)\r
                Content-Disposition: form-data; name="files"; filename="duet.csv"\r
                Content-Type: text/csv\r
                \r
                email,city
                a@x.test,Oslo
                \r
                --\(boundary)--\r

                """
        )
    }

    static let jobs = [
        (built.job("5"), "GET \(base)/crm/imports/2026-09/5"),
        (
            built.results(of: "5", next: "b"),
            "GET \(base)/crm/imports/2026-09/5/errors?limit=100&after=b"
        ),
        (
            built.cancel("5"),
            "POST \(base)/crm/imports/2026-09/5/cancel\nContent-Type: application/json"
        ),
        (
            built.export("CONTACT", properties: ["email", "city"]),
            """
            POST \(base)/crm/exports/2026-09/export/async
            Content-Type: application/json

            {"exportType":"VIEW","exportName":"Duet","format":"CSV","language":"EN",\
            "objectType":"CONTACT","objectProperties":["email","city"],\
            "exportInternalValuesOptions":["NAMES","VALUES"]}
            """
        ),
        (
            built.exportJob("9"),
            "GET \(base)/crm/exports/2026-09/export/async/tasks/9/status"
        ),
        (built.exportRows(at: "https://files.example/1?s=2"), "GET https://files.example/1?s=2"),
    ]

    @Test(arguments: HubSpotFileRequestTests.jobs.indices)
    func `what follows imports and exports`(index: Int) {
        #expect(Self.jobs[index].0.wholeText == Self.jobs[index].1)
    }
}
