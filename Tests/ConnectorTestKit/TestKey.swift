/// An RSA key pair that nothing but tests uses.
package enum TestKey {
    package static let privatePEM = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCpdDJHksiBpxDt
        sjpGWUQbIl4kiNitIAcmwUtiIVPzf/HuDpRuBxzfFcmAoJlD5+D/cQlNMqA+fiEM
        npkO1l5YOStzAMHEldJZ/5O98I428cNEq8opEKuMrtr3DC2gamjeqLed8LgDkrPz
        pED/IZ1u46LafJAhKZvNSHtbByoclq614RE+FBBs5fPqrJ6W57t0ltXt82RQUPep
        AcyjilotJsdqFuQ0nPHv6XfHwUzB+hXu5zGwlR+8qG2IM0VX5y4O05pK2uutQXQM
        6+N608zAraum3JEI5FcXyMc7LW3B1mXiIA4mME5MM9pkVDfBe2+QuVLCGkjIOWn1
        hD+q6A2BAgMBAAECggEABtpOcjs1ups2rGDUdHswWDySkWhWAuJUXQqHcZImzVEe
        R+H1D2IK69v7Xc/2LXCCK90MDZV/iidwT2IBOeq3aVqehDRtTErsH9GdzZpIgLZU
        OZcM7OOMsdAccM3gRn18fOIBKEpPgW18XjJaoowJzC3j1xwfJAgvvHndleJ7SdPz
        /ASTqHDVSEajhUXap44Yv5Die2qX1cYzsrftLoSidwKsKTwqOqFjwELZ9xfNWINo
        y4Ii036mGTZUH9LfzziBR4M26Co4FdmYXAaLHrAw4K7vL4mxRR0BoS34B1P5JHDK
        twZ3Mfv2vEBsfAd6alOwXvTfv43L52u15J2dTgIiVQKBgQDUhm+XC86pOZBckVyN
        B/JcNXfMZXegJ9BHNwjBmtcy3hkYET9C+upZAftgUZKk6TkWk8Pc0nsZ6oBLcTc2
        OKKSxRBcwlHQZgQO/esZVf5fVqarjzPKHL6rMQPwAEea5HoXMjlqVGddrATwpGPT
        Tg38NflrfT5dmN1Y5cHSfV9RNwKBgQDMHjIcwiUrE+rgiqrGb11ndQ4IUBESllsi
        RSBNF4c8+se0L4B1lfKBEqQc4Etlx53O8HmvLykZHtdqGag4hMFjCbT3+6DgSUyS
        VRLWlPJRaiyejbz7tmIhZz4LCfUzYldl+714eITWdfUUhz5Mg9aKDjmzpdEOY0Q+
        GywztchTBwKBgEK4ngn+s/fe0ZquLC8+onEefCjYZjEKrtHczkvx78PRhHFQ4NqH
        adFd1OyNT4ukiL60z1XhYrJlM7f7qEjGiQupAJUOkJ7rmDSYtRl0LPMDgjn0MF8w
        nQ+jyMetXs2bE1V6+BmQvA7ldXuTMJ/jLnLTAyYi4NSDrGI/Z5VMtQMLAoGAfZJ+
        Bc8yioPgVW85jIZqkgEjNt37AtJZEoYwTv0Qh+VIAoPOpYgv/lP3foRGHkFlxi+O
        zMVYpUmiAHX0VYDmcAVCveShnhm577RCuJw9TvTgqlJMVxZm3GHle2kO3iO73NO4
        RmruXfmHYq+pFe1tiNUjjm+OYymSjBqvYMiOivUCgYEAwEc8SlB5ItkjxWlKuON/
        m4nYfICExL9HGIbJFwJhPjE/icXnwZBtqCy/cvFrZ4iygXCD7tnT2+dY4AJ34akl
        wPJELw1dmJb6yBuQ+YzylsER3gL1ikl7lYvH2c2xkS3CEMHhkhKNoMlp8ObGEREh
        AHBunJsYrRg/iwguT6z9dow=
        -----END PRIVATE KEY-----
        """
    package static let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqXQyR5LIgacQ7bI6RllE
        GyJeJIjYrSAHJsFLYiFT83/x7g6Ubgcc3xXJgKCZQ+fg/3EJTTKgPn4hDJ6ZDtZe
        WDkrcwDBxJXSWf+TvfCONvHDRKvKKRCrjK7a9wwtoGpo3qi3nfC4A5Kz86RA/yGd
        buOi2nyQISmbzUh7WwcqHJauteERPhQQbOXz6qyelue7dJbV7fNkUFD3qQHMo4pa
        LSbHahbkNJzx7+l3x8FMwfoV7ucxsJUfvKhtiDNFV+cuDtOaStrrrUF0DOvjetPM
        wK2rptyRCORXF8jHOy1twdZl4iAOJjBOTDPaZFQ3wXtvkLlSwhpIyDlp9YQ/qugN
        gQIDAQAB
        -----END PUBLIC KEY-----
        """
}
