using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AsteriskVoiceAi.TestSupport;

/// <summary>A certificate authority of its own for one test, with a server certificate for localhost, as PEM files in a folder that is deleted at the end.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceai-tls-");
    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        var (from, to) = (DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=AsteriskVoiceAi test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = request.CreateSelfSigned(from, to);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = server.Create(_authority, from, to.AddDays(-1), [1]);
        using var withKey = signed.CopyWithPrivateKey(serverKey);
        Server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);

        File.WriteAllText(CaFile, _authority.ExportCertificatePem());
        File.WriteAllText(CertificateFile, signed.ExportCertificatePem());
        File.WriteAllText(KeyFile, serverKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>For localhost, signed by this authority.</summary>
    public X509Certificate2 Server { get; }

    public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

    public string CertificateFile => Path.Combine(_folder.FullName, "server.pem");

    public string KeyFile => Path.Combine(_folder.FullName, "server.key");

    public void Dispose()
    {
        Server.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
