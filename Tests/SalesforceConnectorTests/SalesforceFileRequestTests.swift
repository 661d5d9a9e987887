import CRMInterface
import ConnectorTestKit
import HTTPTransport
import SalesforceConnector
import SyncCore
import Testing

/// Sign-in and Bulk API 2.0 as they are sent, byte for byte.
struct SalesforceFileRequestTests {
    private static let login = "https://acme.my.salesforce.com"
    private static let form = "Content-Type: application/x-www-form-urlencoded"
    private static let json = "Content-Type: application/json"
    private static let jobs = "/services/data/v62.0/jobs"
    /// RFC 7636, appendix B, with its challenge below.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    private static func requests(secret: String? = "s&c") -> SalesforceRequests {
        SalesforceRequests(
            configuration: SalesforceConfiguration(
                loginURL: login,
                clientID: "app",
                clientSecret: secret,
                auth: .clientCredentials
            )
        )
    }

    private static let built = requests()

    static let signIns = [
        (
            built.token(refreshToken: nil),
            """
            POST \(login)/services/oauth2/token
            \(form)

            grant_type=client_credentials&client_id=app&client_secret=s%26c
            """
        ),
        (
            requests(secret: nil).token(refreshToken: "5Aep861"),
            """
            POST \(login)/services/oauth2/token
            \(form)

            grant_type=refresh_token&refresh_token=5Aep861&client_id=app
            """
        ),
        (
            built.token(code: "aPrx", redirectURI: "http://localhost:3000/cb", verifier: verifier),
            """
            POST \(login)/services/oauth2/token
            \(form)

            grant_type=authorization_code&code=aPrx&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb\
            &code_verifier=\(verifier)&client_id=app&client_secret=s%26c
            """
        ),
        (
            built.token(assertion: "h.c.s"),
            """
            POST \(login)/services/oauth2/token
            \(form)

            grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=h.c.s
            """
        ),
        (
            built.revoke("5Aep861"),
            """
            POST \(login)/services/oauth2/revoke
            \(form)

            token=5Aep861
            """
        ),
    ]

    @Test(arguments: SalesforceFileRequestTests.signIns.indices)
    func `what signs in and out`(index: Int) {
        #expect(Self.signIns[index].0.wholeText == Self.signIns[index].1)
    }

    @Test func `where a person agrees`() {
        let address = Self.built.authorize(
            redirectURI: "http://localhost:3000/cb",
            state: "x y",
            verifier: Self.verifier
        )
        #expect(
            address
                == "\(Self.login)/services/oauth2/authorize?response_type=code&client_id=app"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb"
                + "&scope=api%20refresh_token&state=x%20y"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256"
        )
    }

    private static func ingest(_ operation: String, _ more: String = "") -> String {
        """
        POST \(jobs)/ingest
        \(json)

        {"object":"Contact","operation":"\(operation)",\(more)"contentType":"CSV","lineEnding":"LF",\
        "columnDelimiter":"COMMA"}
        """
    }

    static let bulk = [
        (built.ingest("Contact", .insert), ingest("insert")),
        (built.ingest("Contact", .update), ingest("update")),
        (built.ingest("Contact", .delete), ingest("delete")),
        (
            built.ingest("Contact", .upsert(key: "Key__c")),
            ingest("upsert", "\"externalIdFieldName\":\"Key__c\",")
        ),
        (
            built.start("750A"),
            "PATCH \(jobs)/ingest/750A\n\(json)\n\n{\"state\":\"UploadComplete\"}"
        ),
        (built.cancel("750A"), "PATCH \(jobs)/ingest/750A\n\(json)\n\n{\"state\":\"Aborted\"}"),
        (built.job("750A"), "GET \(jobs)/ingest/750A"),
        (built.results(.stored, of: "750A"), "GET \(jobs)/ingest/750A/successfulResults"),
        (built.results(.refused, of: "750A"), "GET \(jobs)/ingest/750A/failedResults"),
        (built.results(.untouched, of: "750A"), "GET \(jobs)/ingest/750A/unprocessedRecords"),
        (
            built.export("SELECT Id FROM Lead", includesDeleted: true),
            """
            POST \(jobs)/query
            \(json)

            {"operation":"queryAll","query":"SELECT Id FROM Lead"}
            """
        ),
        (built.exportJob("750B"), "GET \(jobs)/query/750B"),
        (
            built.exportRows(of: "750B", next: "MTAwMDA="),
            "GET \(jobs)/query/750B/results?maxRecords=50000&locator=MTAwMDA%3D"
        ),
    ]

    @Test(arguments: SalesforceFileRequestTests.bulk.indices)
    func `what makes and follows jobs`(index: Int) {
        #expect(Self.bulk[index].0.wholeText == Self.bulk[index].1)
    }

    @Test func `a file clears by a sign, leaves alone by an empty cell, and goes up once`() throws {
        func field(_ name: String, _ value: String) -> RecordWrite.Field {
            .init(name: name, type: .text, value: FieldValue(normal: value))
        }
        let writes = [
            PlainWrite(.key(field: "Key__c", value: "7"), [field("Title", "")]),
            PlainWrite(.key(field: "Key__c", value: "8"), [field("City", "Bern, \"old\"")]),
        ]
        let file = SalesforceRequests.file(writes, fields: ["Title", "City"])
        let text = "Key__c,Title,City\n7,#N/A,\n8,,\"Bern, \"\"old\"\"\"\n"
        #expect(String(decoding: file, as: UTF8.self) == text)
        let upload = try #require(Self.built.upload(file, to: "750A"))
        #expect(
            upload.wholeText
                == "PUT \(Self.jobs)/ingest/750A/batches\nContent-Type: text/csv; charset=UTF-8\n\n"
                + text
        )
    }
}
